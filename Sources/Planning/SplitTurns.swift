import Campaigns
import Foundation
import Model
import Recording

/// When the recipients of a run have their turn: those of its A/B test as the schedule says, all others once it is
/// decided. Without a test, or where nobody who is tested has a turn, everyone has the schedule's.
struct SplitTurns: Sendable {
    /// How many have each turn.
    private(set) var counts: [Turn: Int] = [:]
    /// When the test is decided at the earliest; nil without one.
    let decides: Timestamp?
    private let split: Split?
    private let turns: [Group: Turn]

    /// Those who have the same turn: they name the same zone, and are tested or not.
    private struct Group: Hashable {
        let zone: String?
        let isTested: Bool
    }

    /// Goes through all recipients, since only then it is known when the test is decided.
    /// - Parameters:
    ///   - home: the workspace's zone, which says how long the test lasts.
    ///   - scheduled: the schedule's turn of who names a zone. Who has none gets nothing, tested or not.
    ///   - due: when somebody is due who names a zone, after the decision at an instant.
    init(
        of members: CustomerList, _ test: SplitTest?, in run: RunID, home: TimeZone,
        scheduled: (String?) -> Turn, after due: (Timestamp, String?) -> Timestamp
    ) throws {
        let split = test.map { Split($0, of: run) }
        var sizes: [Group: Int] = [:]
        try members.each { sizes[Self.group(of: $0, in: $1, split), default: 0] += 1 }
        var turns: [Group: Turn] = [:]
        for group in sizes.keys { turns[group] = scheduled(group.zone) }
        let last = turns.filter(\.key.isTested).values.compactMap(\.instant).max()
        if let test, let last {
            let decides = last.adding(test.winner.after, in: home)
            for (group, turn) in turns where !group.isTested && turn.reason == nil {
                turns[group] = .due(due(decides, group.zone))
            }
            self.decides = decides
        } else {
            decides = nil
        }
        for (group, turn) in turns { counts[turn, default: 0] += sizes[group] ?? 0 }
        (self.split, self.turns) = (split, turns)
    }

    /// The turn of one of the recipients.
    func turn(of customer: CustomerID, in zone: String?) -> Turn {
        guard let turn = turns[Self.group(of: customer, in: zone, split)] else {
            preconditionFailure("a recipient who was not counted")
        }
        return turn
    }

    private static func group(of customer: CustomerID, in zone: String?, _ split: Split?) -> Group {
        Group(zone: zone, isTested: split?.group(of: customer) != .rest)
    }
}
