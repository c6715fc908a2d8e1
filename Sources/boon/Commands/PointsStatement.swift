import ArgumentParser
import Foundation
import Loyalty
import Model
import Recording

/// `boon points statement`: every movement with the balance after it.
struct PointsStatement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "List everything that changed a customer's points, with the balance.")

    @OptionGroup var arguments: PointsArguments
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var listing: ListingOptions

    private struct Row: Encodable {
        let at: Timestamp
        let what: String
        let points: Int64
        let available: Int64
        let pending: Int64
        let source: String
        let rule: String?
        let actor: String
        let reason: String?

        init(_ line: StatementLine) {
            at = line.instant
            what =
                switch line.what {
                case .entry(let kind): kind.rawValue
                case .activated: "activated"
                case .expired: "expired"
                }
            (points, available, pending) = (line.points, line.balance.available, line.balance.pending)
            (source, rule, actor, reason) = (
                line.entry.source, line.entry.rule, line.entry.actor, line.entry.reason
            )
        }
    }

    func run() throws {
        let workspace = try arguments.place.open()
        let instant = try asOf.instant(in: workspace.zone)
        let (customer, ledger) = try arguments.ledger(in: try workspace.store())
        let rows = ledger.statement(until: instant).map(Row.init)
        if listing.json { return try Console.print(json: rows) }
        if rows.isEmpty { return Console.print("\(customer.id) has no points yet.") }
        let zone = workspace.zone
        let table = Table<Row> { row in
            [
                Cell("at, in \(zone.identifier)", row.at.text(in: zone)),
                Cell("what", row.what),
                Cell("points", grouped(row.points), isRight: true),
                Cell("available", grouped(row.available), isRight: true),
                Cell("pending", grouped(row.pending), isRight: true),
                Cell("from", row.source),
                Cell("why", row.reason ?? ""),
            ]
        }
        Console.print(rows, as: table)
    }
}
