import Model

/// Why an entry cannot be part of a ledger: the points store is not what Boon wrote.
package struct LedgerError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Problem: Hashable, Sendable {
        /// It belongs to another customer.
        case foreign
        /// Its key was used before.
        case repeated
        /// Its parts do not fit its kind or do not add up.
        case malformed
        /// It takes from a lot that does not exist.
        case unknownLot(String)
        /// It takes what the lot does not have, not yet or no longer.
        case notThere(String)
        /// The customer's points would leave the range of Int64.
        case tooLarge
    }

    package let problem: Problem
    /// The entry's key.
    package let key: String

    init(_ problem: Problem, _ entry: PointsEntry) {
        (self.problem, key) = (problem, entry.key)
    }

    /// One sentence for whoever runs the store.
    package var description: String {
        switch problem {
        case .foreign: "The points entry '\(key)' belongs to another customer."
        case .repeated: "The points entry '\(key)' is there twice."
        case .malformed: "The points of the entry '\(key)' do not add up."
        case .unknownLot(let lot): "The points entry '\(key)' takes from '\(lot)', which is not there."
        case .notThere(let lot): "The points entry '\(key)' takes points that '\(lot)' does not have then."
        case .tooLarge: "The points entry '\(key)' makes more points than can be counted."
        }
    }
}
