import Foundation
import Model
import Recording

/// A run as people read it: how many are in which state, who is in doubt, and why the others were not sent to.
struct RunReport {
    private let recipients: RunRecipients
    private let summary: RunSummary
    private let test: SplitReport?
    private let engagement: EngagementReport?
    private let zone: TimeZone

    /// Customers that are named of those who have the same to say.
    private static let named = 5

    init(_ recipients: RunRecipients, _ test: SplitReport?, _ engagement: EngagementReport?, zone: TimeZone) {
        (self.recipients, summary, self.zone) = (recipients, recipients.summary, zone)
        (self.test, self.engagement) = (test, engagement)
    }

    /// - Parameter limit: how many in doubt, and how many reasons, are listed at most.
    func print(limit: Int) throws {
        Console.heading("\(summary.run.id), times in \(zone.identifier)")
        printStanding()
        test?.print(in: zone)
        engagement?.print()
        try printInDoubt(limit: limit)
        try printOthers(limit: limit)
    }

    private func printStanding() {
        let reason = (summary.reason ?? recipients.waits?.words(in: zone)).map { ": \($0)" } ?? ""
        let ended = summary.ended.map { " \($0.text(in: zone))" } ?? ""
        Console.print(
            "\(counted(summary.run.recipients, "recipient")), planned \(summary.planned.text(in: zone)), "
                + "\(summary.state.rawValue)\(ended)\(recipients.isBeingSent ? " and being sent now" : "")\(reason)"
        )
        for state in RecipientState.allCases {
            guard let count = summary.counts[state] else { continue }
            Console.print("  \(recipients.word(for: state).column(11))\(grouped(count))")
        }
    }

    private func printInDoubt(limit: Int) throws {
        let listed = try recipients.inDoubt(limit: limit)
        if listed.isEmpty { return }
        Console.print()
        Console.heading("In doubt: look for these in the relay's log")
        for one in listed {
            Console.print(
                "  \(one.customer.column(20)) \((one.relay ?? "").column(10)) \(one.messageId ?? "")")
        }
        let more = recipients.doubtfulCount - listed.count
        if more > 0 { Console.print("  ... and \(grouped(more)) more; --limit or --json lists them") }
        Console.print("'boon runs resolve \(summary.run.id) --sent' or '--resend' decides about them.")
    }

    /// A line for all who have the same to say: nobody reads a thousand equal ones.
    private func printOthers(limit: Int) throws {
        let groups = try recipients.groups(limit: limit, naming: Self.named)
        if groups.isEmpty { return }
        Console.print()
        Console.heading("Not accepted")
        for group in groups {
            let names = group.sample.map(\.text).joined(separator: ", ")
            let more = group.count > group.sample.count ? ", ..." : ""
            let due = group.due.map { ", again from \($0.text(in: zone)) on" } ?? ""
            Console.print(
                "  \(grouped(group.count)) \(recipients.word(for: group.state)) (\(names)\(more)): "
                    + "\((group.reply ?? "").withoutLoneFullStop)\(due)")
        }
        if groups.count == limit { Console.print("  --limit lists more reasons, where there are more") }
    }
}
