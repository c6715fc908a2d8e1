import Campaigns
import Foundation
import Model

/// The recipients of a run by their turn: those of its A/B test as the schedule says, all others once it is decided.
///
/// Without a test, or where nobody who is tested has a turn, everyone has the schedule's.
struct SplitTurns {
    /// The recipients by their turn; complete once `close` was called.
    private(set) var turns: [Turn: [CustomerID]] = [:]
    /// When the test is decided at the earliest; nil without one.
    private(set) var decides: Timestamp?
    private let test: SplitTest?
    private let split: Split?
    /// By where they live, with the schedule's turn there.
    private var others: [String?: (turn: Turn, customers: [CustomerID])] = [:]

    init(_ test: SplitTest?, of run: RunID) {
        self.test = test
        split = test.map { Split($0, of: run) }
    }

    /// Takes in a recipient.
    /// - Parameters:
    ///   - place: the zone that they name.
    ///   - turn: the schedule's turn there. Who has none gets nothing, tested or not.
    mutating func add(_ customer: CustomerID, from place: String?, _ turn: Turn) {
        guard turn.reason == nil, split?.group(of: customer) == .rest else {
            turns[turn, default: []].append(customer)
            return
        }
        others[place, default: (turn, [])].customers.append(customer)
    }

    /// Gives those who are not tested their turn.
    /// - Parameters:
    ///   - home: the workspace's zone, which says how long the test lasts.
    ///   - due: when somebody is due who lives in a zone, after the decision at an instant.
    mutating func close(home: TimeZone, _ due: (Timestamp, String?) -> Timestamp) {
        let last = turns.keys.compactMap(\.instant).max()
        decides = test.flatMap { test in last.map { $0.adding(test.winner.after, in: home) } }
        for (place, those) in others {
            let turn = decides.map { Turn.due(due($0, place)) } ?? those.turn
            turns[turn, default: []] += those.customers
        }
        others = [:]
    }
}
