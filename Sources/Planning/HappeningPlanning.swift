import Campaigns
import Foundation
import Model
import Recording

/// Makes recipients of those to whom something happened, each thing once.
///
/// They join a run of the day. A run for each event would be a million runs, and one for each look at the clock could
/// not be named in advance; the day's run says by its recipients how far it is. What makes it exactly once is not the
/// run but the key of the event, which the record holds and the index keeps unique for each campaign: told late, twice,
/// or out of order, an event finds its key there, and replay finds the same.
struct HappeningPlanning: Sendable {
    private let due: DueHappenings
    private let audience: Audience
    private let home: TimeZone
    /// Names the files that the runs are sent with.
    private let files: String?

    init(_ due: DueHappenings, _ definitions: Definitions, home: TimeZone, files: String?) {
        (self.due, self.home, self.files) = (due, home, files)
        audience = Audience(of: due.campaign, in: definitions, zone: home)
    }

    /// Something that happened, and why it is not followed; nil where it is.
    struct Verdict: Sendable {
        let happened: Happened
        let reason: String?
    }

    func verdicts(in view: IndexView, at now: Timestamp) throws -> [Verdict] {
        let areMembers = try audience.includes(due.happened.map(\.customer), in: view, at: now)
        return zip(due.happened, areMembers).map { happened, isMember in
            Verdict(
                happened: happened,
                reason: isMember ? nil : "the customer was not in the audience, or may not be mailed")
        }
    }

    /// The records that follow what nobody followed in between.
    func events(_ verdicts: [Verdict], in view: IndexView) throws -> [Event] {
        var members: [Group: [TriggeredRecipients.Member]] = [:]
        var ranks: [CustomerID: Int] = [:]
        var keys: Set<String> = []
        for verdict in verdicts {
            let (key, customer) = (verdict.happened.key, verdict.happened.customer)
            guard keys.insert(key).inserted, try !view.hasFollowed(key, by: due.campaign.id) else { continue }
            let rank = try nextRank(of: customer, after: ranks[customer] ?? 0, in: view)
            ranks[customer] = rank
            members[Group(rank: rank, reason: verdict.reason), default: []]
                .append(.init(customer: customer, event: key))
        }
        var events: [Event] = []
        for rank in Set(members.keys.map(\.rank)).sorted() where try !view.hasRun(run(rank)) {
            let midnight = Timestamp(LocalTime(date: due.day, clock: .midnight), in: home)
            events.append(
                .runPlanned(
                    Run(
                        id: run(rank), campaign: due.campaign.id, occurrence: midnight, recipients: 0,
                        definitions: files, topic: due.campaign.topic ?? "")))
        }
        for (group, members) in members.sorted(by: { $0.key < $1.key }) {
            for start in stride(from: 0, to: members.count, by: PlannedRun.chunk) {
                let part = members[start..<min(start + PlannedRun.chunk, members.count)]
                events.append(
                    .runTriggered(
                        TriggeredRecipients(run: run(group.rank), members: Array(part), reason: group.reason))
                )
            }
        }
        return events
    }

    /// The runs that some records add to.
    func runs(in events: [Event]) -> [RunID] {
        var runs: [RunID] = []
        for case .runTriggered(let recipients) in events where runs.last != recipients.run {
            runs.append(recipients.run)
        }
        return runs
    }

    private struct Group: Hashable, Comparable {
        let rank: Int
        let reason: String?

        static func < (left: Group, right: Group) -> Bool {
            (left.rank, left.reason ?? "") < (right.rank, right.reason ?? "")
        }
    }

    /// The first run of the day, from a rank on, that the customer may join: nobody is in a run twice, a run that was
    /// planned with other files goes on without those who come now, and of one that was cancelled nobody more gets it.
    private func nextRank(of customer: CustomerID, after rank: Int, in view: IndexView) throws -> Int {
        var rank = rank + 1
        while try view.recipient(customer, of: run(rank)) != nil
            || view.hasRun(run(rank), withOtherThan: files)
            || view.standing(of: run(rank))?.state == .cancelled
        {
            rank += 1
        }
        return rank
    }

    private func run(_ rank: Int) -> RunID {
        RunID("\(due.campaign.id)@\(due.day)\(rank == 1 ? "" : ".\(rank)")")
    }
}
