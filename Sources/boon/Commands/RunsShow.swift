import ArgumentParser
import Campaigns
import Composing
import Foundation
import Model
import Recording
import TextTable

/// `boon runs show`
struct RunsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run: how many are in which state, and by name who is in doubt or not accepted.")

    @OptionGroup var arguments: RunArguments
    @OptionGroup var listing: ListingOptions

    /// Messages in doubt that a person is shown; a program gets them all.
    private static let shown = 50
    /// Customers that are named of those who have the same to say.
    private static let named = 5

    private struct Detail: Encodable {
        let run: RunRow
        /// Whether a process sends it now: then what is named as intended is under way, and not in doubt.
        let isBeingSent: Bool
        let recipients: [Recipient]
    }

    private struct Recipient: Encodable {
        let customer: String
        let state: String
        let attempt: Int
        let relay: String?
        let reply: String?
        let due: Timestamp?
        /// What to look for in the relay's log, for one in doubt.
        let messageId: String?
    }

    func run() throws {
        let workspace = try arguments.place.open()
        let store = try workspace.store()
        let id = arguments.id
        let states = RecipientState.allCases.filter { $0 != .accepted && $0 != .planned }
        let (summary, open) = try store.read { view in
            let summary = try view.run(named: id)
            return (summary, try view.recipients(of: summary.run.id, in: states, limit: .max))
        }
        let isBeingSent = try SendingLease(run: summary.number, in: store) == nil
        let detail = Detail(
            run: RunRow(summary), isBeingSent: isBeingSent,
            recipients: open.map {
                recipient($0, of: summary.run, in: workspace, isBeingSent: isBeingSent)
            })
        if listing.json { return try Console.print(json: detail) }
        show(detail)
    }

    private func recipient(
        _ known: RecipientSummary, of run: Run, in workspace: Workspace, isBeingSent: Bool
    ) -> Recipient {
        let isInDoubt = known.state == .inDoubt || (known.state == .intended && !isBeingSent)
        return Recipient(
            customer: known.customer.text,
            state: isInDoubt ? RecipientState.inDoubt.rawValue : known.state.rawValue, attempt: known.attempt,
            relay: known.relay, reply: known.reply, due: known.due,
            messageId: isInDoubt ? workspace.messageID(of: known.customer, in: run) : nil)
    }

    private func show(_ detail: Detail) {
        Console.heading(detail.run.run)
        let reason = detail.run.reason.map { ": \($0)" } ?? ""
        Console.print(
            "\(counted(detail.run.recipients, "recipient")), planned \(detail.run.planned), \(detail.run.state)"
                + (detail.isBeingSent ? " and being sent now" : "") + reason)
        for (state, count) in detail.run.states.sorted(by: { $0.key < $1.key }) {
            let word =
                state == RecipientState.intended.rawValue
                ? detail.isBeingSent ? "under way" : RecipientState.inDoubt.rawValue : state
            Console.print("  \(word.column(11))\(grouped(count))")
        }
        let inDoubt = detail.recipients.filter { $0.messageId != nil }
        let others = detail.recipients.filter { $0.messageId == nil }
        if !inDoubt.isEmpty {
            Console.print()
            Console.heading("In doubt: look for these in the relay's log")
            list(inDoubt)
            Console.print("'boon runs resolve \(detail.run.run) --sent' or '--resend' decides about them.")
        }
        if !others.isEmpty {
            Console.print()
            Console.heading("Not accepted")
            for group in groups(of: others) { Console.print("  \(group)") }
        }
    }

    /// A line for all who have the same to say: nobody reads a thousand equal ones.
    private func groups(of recipients: [Recipient]) -> [String] {
        let groups = Dictionary(grouping: recipients) { [$0.state, $0.reply ?? ""] }
        return groups.sorted { $0.value.count > $1.value.count }.map { words, members in
            let names = members.prefix(Self.named).map(\.customer).joined(separator: ", ")
            let more = members.count > Self.named ? ", ..." : ""
            let due = members.compactMap(\.due).min().map { ", again from \($0) on" } ?? ""
            return "\(grouped(members.count)) \(words[0]) (\(names)\(more)): \(words[1])\(due)"
        }
    }

    private func list(_ inDoubt: [Recipient]) {
        for one in inDoubt.prefix(Self.shown) {
            Console.print(
                "  \(one.customer.column(20)) \((one.relay ?? "").column(10)) \(one.messageId ?? "")")
        }
        let more = inDoubt.count - Self.shown
        if more > 0 { Console.print("  ... and \(grouped(more)) more; --json lists them all") }
    }
}

extension Workspace {
    /// The Message-ID that a run's message to a customer carries; nil when the sender cannot be read any more.
    fileprivate func messageID(of customer: CustomerID, in run: Run) -> String? {
        let from = definitions.campaigns[run.campaign]?.from ?? settings.from
        return MessageIdentity.text(of: customer, in: run, from: from)
    }
}
