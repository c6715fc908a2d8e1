import ArgumentParser
import Campaigns
import Model

/// `boon send`: a campaign to its audience, once.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a campaign to its audience, or go on with a run that was cut off.")

    @OptionGroup var place: WorkspaceOptions
    @Argument(help: "The campaign's identifier.")
    var campaign: String
    @Option(
        help: ArgumentHelp(
            "Fix the recipients now and let the daemon send it then: '2026-11-24 09:00' by the shop's clock, or with an "
                + "offset.", valueName: "time"))
    var at: String?
    @Option(help: "Send to so many recipients at most; 'boon send' again goes on with the rest.")
    var limit: Int?
    @Flag(help: "Compose everything and report; send and record nothing.")
    var dryRun = false
    @Flag(help: "Send a campaign that was sent before once more, as a new run.")
    var again = false

    func run() async throws {
        if let limit, limit < 1 { throw Failure.usage("--limit takes a number above 0") }
        if limit != nil && at != nil {
            throw Failure.usage("--limit is about what is sent now, and --at about later; say one of them")
        }
        let workspace = try place.open()
        let due = try at.map { try Timestamp(ahead: $0, in: workspace.zone) }
        let store = try workspace.store()
        if dryRun {
            try workspace.requireSoundDefinitions()
            let campaign = try workspace.campaign(campaign)
            try DryRun(workspace: workspace, campaign: campaign, store: store).report(
                again: again, limit: limit, due: due)
        } else if let due {
            try Sending(workspace: workspace, store: store).plan(campaign, at: due, again: again)
        } else {
            try await Sending(workspace: workspace, store: store).run(campaign, again: again, limit: limit)
        }
    }
}
