import ArgumentParser
import Foundation
import Model
import Recording

/// `boon runs show`
struct RunsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Show a run: how many are in which state, what was clicked, and by name who is in doubt or not accepted."
    )

    @OptionGroup var arguments: RunArguments
    @OptionGroup var listing: ListingOptions
    @Option(
        help: ArgumentHelp(
            "Name at most so many in doubt, and so many reasons; with --json so many recipients, else all.",
            valueName: "count"))
    var limit: Int?

    /// What a person is shown unless they ask for more.
    private static let shown = 50

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
    }

    func run() throws {
        let workspace = try arguments.place.open()
        let store = try workspace.store()
        let summary = try store.read { try $0.run(named: arguments.name) }
        // The Message-ID ends in the sender's domain as it was when the run was planned.
        let planned = try? workspace.planned(with: summary.run.definitions, in: store.archive)
        let test = try SplitReport(of: summary, in: planned ?? workspace, store)
        let engagement = try store.read { try EngagementReport(of: summary.run.id, in: $0) }
        let recipients = RunRecipients(
            of: summary, in: planned ?? workspace, store: store,
            isBeingSent: try SendingLease.isTaken(run: summary.number, in: store),
            waits: try RunWait(of: summary, in: workspace, store, now: .now))
        if listing.json { return try recipients.printJSON(limit, test, engagement) }
        try RunReport(recipients, test, engagement, zone: workspace.zone).print(limit: limit ?? Self.shown)
    }
}
