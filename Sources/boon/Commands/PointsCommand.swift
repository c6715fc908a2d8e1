import ArgumentParser
import Foundation
import Loyalty
import Model
import Recording

/// `boon points`: what a customer has, why, and what changes it.
struct PointsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points", abstract: "Look up, explain, correct and spend a customer's points.",
        subcommands: [
            PointsBalance.self, PointsStatement.self, PointsAdjust.self, PointsSpend.self, PointsEarn.self,
        ])
}

/// Whose points, and as of when.
struct PointsArguments: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions
    @Argument(help: .customer)
    var customer: String

    /// The customer and their ledger.
    func ledger(in store: Store) throws -> (Customer, Ledger) {
        try store.read { view in
            let customer = try view.customer(named: customer)
            return (customer, try Ledger(customer: customer.id, entries: try view.points(of: customer.id)))
        }
    }
}

/// The past or future instant that a question is about.
struct AsOfOption: ParsableArguments {
    @Option(
        help:
            "As of a day (its end) or an instant, such as 2026-11-21 or 2026-11-21T09:00:00Z (default: now).")
    var asOf: String?

    func instant(in zone: TimeZone) throws -> Timestamp {
        guard let asOf else { return .now }
        if let instant = Timestamp(rfc3339: asOf) { return instant }
        guard let date = CalendarDate(asOf) else {
            throw Failure.usage(
                "--as-of takes a day such as 2026-11-21 or an instant such as 2026-11-21T09:00:00Z")
        }
        let end = LocalTime(date: date.adding(days: 1), clock: .midnight)
        return Timestamp(end, in: zone).advanced(milliseconds: -1)
    }
}

/// `boon points balance`
struct PointsBalance: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "Show what a customer can spend, what is pending and what comes next.")

    @OptionGroup var arguments: PointsArguments
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var listing: ListingOptions

    func run() throws {
        let workspace = try arguments.place.open()
        let instant = try asOf.instant(in: workspace.zone)
        let (customer, ledger) = try arguments.ledger(in: try workspace.store())
        let report = PointsReport(customer, ledger, at: instant, programme: workspace.definitions.programme)
        if listing.json {
            try Console.print(json: report)
        } else {
            for line in report.lines(in: workspace.zone) { Console.print(line) }
        }
    }
}
