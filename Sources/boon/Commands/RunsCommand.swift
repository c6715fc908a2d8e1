import ArgumentParser
import Foundation
import Model
import Recording
import TextTable

/// `boon runs`: what was sent, and what became of it.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List what was sent, and show what became of a run.",
        subcommands: [List.self, Show.self])

    /// `boon runs list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all runs, the newest first.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let workspace = try place.open()
            let rows = try workspace.store().read { try $0.runs() }.map(RunRow.init)
            if listing.json { return try Console.print(json: rows) }
            if rows.isEmpty { return Console.print("Nothing was sent yet.") }
            let table = TextTable<RunRow> { row in
                [
                    Column(title: "run", value: row.run),
                    Column(title: "recipients", value: grouped(row.recipients), align: .right),
                    Column(title: "accepted", value: grouped(row.states["accepted"] ?? 0), align: .right),
                    Column(title: "others", value: row.others),
                    Column(title: "state", value: row.state),
                ]
            }
            Console.print(rows, as: table)
        }
    }

    /// `boon runs show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a run: how many are in which state, and by name who is not accepted.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: ArgumentHelp("The run, as 'boon runs list' names it.", valueName: "run"))
        var id: String

        private struct Detail: Encodable {
            let run: RunRow
            let recipients: [Recipient]
        }

        private struct Recipient: Encodable {
            let customer: String
            let state: String
            let attempt: Int
            let reply: String?
            let due: Timestamp?
        }

        func run() throws {
            let workspace = try place.open()
            let detail = try workspace.store().read { view in
                guard let summary = try view.run(RunID(id)) else {
                    throw Failure.input("there is no run '\(id)'; 'boon runs list' names them all")
                }
                let states = RecipientState.allCases.filter { $0 != .accepted && $0 != .planned }
                let open = try view.recipients(of: summary.run.id, in: states, limit: 10_000)
                return Detail(run: RunRow(summary), recipients: open.map(Self.recipient))
            }
            if listing.json { return try Console.print(json: detail) }
            Console.heading(detail.run.run)
            Console.print("\(counted(detail.run.recipients, "recipient")), planned \(detail.run.planned)")
            for (state, count) in detail.run.states.sorted(by: { $0.key < $1.key }) {
                Console.print("  \(state.column(11))\(grouped(count))")
            }
            for recipient in detail.recipients {
                let reply = recipient.reply.map { ": \($0)" } ?? ""
                Console.print("\(recipient.customer) \(recipient.state)\(reply)")
            }
        }

        private static func recipient(_ summary: RecipientSummary) -> Recipient {
            Recipient(
                customer: summary.customer.text, state: summary.state.rawValue, attempt: summary.attempt,
                reply: summary.reply, due: summary.due)
        }
    }
}

/// A run as listings show it.
private struct RunRow: Encodable {
    let run: String
    let campaign: String
    let planned: Timestamp
    let state: String
    let reason: String?
    let ended: Timestamp?
    let recipients: Int
    let states: [String: Int]

    init(_ summary: RunSummary) {
        (run, campaign) = (summary.run.id.text, summary.run.campaign)
        (planned, ended) = (summary.planned, summary.ended)
        (state, reason) = (summary.state.rawValue, summary.reason)
        recipients = summary.run.recipients
        states = Dictionary(uniqueKeysWithValues: summary.counts.map { ($0.key.rawValue, $0.value) })
    }

    /// `3 deferred, 1 refused`
    var others: String {
        states.filter { $0.key != "accepted" }.sorted { $0.key < $1.key }
            .map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
    }
}
