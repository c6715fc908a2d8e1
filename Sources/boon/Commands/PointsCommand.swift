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
    @Argument(help: "An id or an address.")
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
        guard let date = CalendarDate(asOf), let midnight = ClockTime(hour: 0, minute: 0) else {
            throw Failure.usage(
                "--as-of takes a day such as 2026-11-21 or an instant such as 2026-11-21T09:00:00Z")
        }
        return Timestamp(LocalTime(date: date.adding(days: 1), clock: midnight), in: zone).advanced(
            milliseconds: -1)
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

/// A customer's points at one instant, as support staff want them.
struct PointsReport: Encodable {
    let customer: String
    let asOf: String
    let available: Int64
    let pending: Int64
    let tier: String?
    let nextTier: String?
    let missingToNextTier: Int64?
    let nextReward: String?
    let missingToNextReward: Int64?
    let worth: String?
    let activations: [Change]
    let expiries: [Change]

    /// Points that change at an instant.
    struct Change: Encodable {
        let at: String
        let points: Int64
    }

    init(_ customer: Customer, _ ledger: Ledger, at instant: Timestamp, programme: Programme?) {
        let balance = ledger.balance(at: instant)
        let standing = programme.flatMap { ledger.standing(at: instant, under: $0) }
        let offers = programme?.offers(for: balance.available)
        (self.customer, asOf) = (customer.id.text, instant.description)
        (available, pending) = (balance.available, balance.pending)
        tier = standing?.tier?.name
        nextTier = standing?.next?.name
        missingToNextTier = standing?.next == nil ? nil : standing?.missing
        nextReward = offers?.next?.id
        missingToNextReward = offers?.next == nil ? nil : offers?.missing
        worth = programme?.payable(with: balance.available).flatMap {
            $0.worth.minor > 0 ? $0.worth.description : nil
        }
        activations = ledger.activations(after: instant).prefix(3).map {
            Change(at: $0.at.description, points: $0.points)
        }
        expiries = ledger.expiries(after: instant).prefix(3).map {
            Change(at: $0.at.description, points: $0.points)
        }
    }

    func lines(in zone: TimeZone) -> [String] {
        func row(_ name: String, _ value: String) -> String {
            name.padding(toLength: 13, withPad: " ", startingAt: 0) + value
        }
        func instant(_ text: String) -> String {
            Timestamp(rfc3339: text)?.text(in: zone) ?? text
        }
        var lines = [
            row("customer", customer), row("as of", instant(asOf)),
            row("available", grouped(available) + (worth.map { ", worth \($0)" } ?? "")),
            row("pending", grouped(pending)),
        ]
        if let tier { lines.append(row("tier", tier)) }
        if let nextTier, let missingToNextTier {
            lines.append(row("next tier", "\(nextTier), \(grouped(missingToNextTier)) to go"))
        }
        if let nextReward, let missingToNextReward {
            lines.append(row("next reward", "\(nextReward), \(grouped(missingToNextReward)) to go"))
        }
        for change in activations {
            lines.append(row("activates", "\(grouped(change.points)) at \(instant(change.at))"))
        }
        for change in expiries {
            lines.append(row("expires", "\(grouped(change.points)) at \(instant(change.at))"))
        }
        return lines
    }
}
