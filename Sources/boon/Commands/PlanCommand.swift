import ArgumentParser
import Foundation
import Model
import Planning
import Recording

/// `boon plan`: what will be sent in the days to come.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what will be sent in the days to come, to how many, and what is in the way.")

    @OptionGroup var place: WorkspaceOptions
    @OptionGroup var listing: ListingOptions
    @Option(help: "How many days to look ahead, 1 to 366.")
    var days = 30
    @Flag(help: "Print iCalendar (RFC 5545), for a calendar program.")
    var ical = false
    @Option(help: "Only what this customer gets, and why not the rest: an id, an address, a phone number.")
    var customer: String?

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days is 1 to 366") }
        guard !(ical && (listing.json || customer != nil)) else {
            throw ValidationError("--ical stands alone: say either --ical, or --json or --customer")
        }
    }

    func run() throws {
        let workspace = try place.open()
        try workspace.requireSoundDefinitions()
        let store = try workspace.store()
        let now = Timestamp.now
        tellOtherFiles(of: workspace, store)
        try store.read { view in
            let known = try customer.map { try view.customer(named: $0) }
            let forecast = try Forecast(
                workspace.definitions, home: workspace.zone, in: view, now: now, days: days)
            if ical || known != nil {
                for line in forecast.moreLines(in: workspace.zone) { Console.note(line) }
            }
            if let known {
                let outlook = try Outlook(
                    of: known, in: forecast, workspace.definitions, home: workspace.zone, view: view)
                return try OutlookReport(outlook, of: known, days: days).print(json: listing.json)
            }
            if ical { return Console.write(Array(PlanCalendar(forecast).text.utf8)) }
            if listing.json { return try Console.print(json: PlanRows(forecast, zone: workspace.zone)) }
            PlanReport(forecast, zone: workspace.zone, days: days).print()
        }
    }

    /// Warns when a daemon runs that will not do what is told here, since it has read other files.
    private func tellOtherFiles(of workspace: Workspace, _ store: Store) {
        // Files that cannot be read keep the daemon by its own ones too, and 'boon check' tells of them.
        guard let known = DaemonLease.files(in: store), let files = try? workspace.scheduledFiles(),
            files.id != known
        else { return }
        Console.warning(
            "the daemon works by files that were changed since it read them; SIGHUP lets it read them again")
    }
}
