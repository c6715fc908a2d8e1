import GRDB
import Model

/// A run that is open, paused or held.
package struct UnendedRun: Hashable, Sendable {
    package let id: RunID
    /// The campaign's identifier.
    package let campaign: String
    package let state: RunState
    /// When its A/B test is decided at the earliest; nil without one.
    package let decides: Timestamp?
}

/// What a run has still to send.
extension IndexView {
    /// Runs that are open, paused or held, the oldest first, without counting their recipients.
    package func unendedRuns() throws -> [UnendedRun] {
        try fetch(
            """
            SELECT id, campaign, state, decides FROM runs WHERE state IN ('open', 'paused', 'held') ORDER BY number
            """, []
        ) { row in
            UnendedRun(
                id: RunID(row["id"]), campaign: row["campaign"],
                state: try row.word("state", named: "a run's state"),
                decides: (row["decides"] as Int64?).map { Timestamp(milliseconds: $0) })
        }
    }

    /// How many recipients a run has still to send to, and when the first and the last of them is due; nil when nobody
    /// is left.
    /// - Parameter turns: only those who are tried then for the first time.
    package func left(in run: RunID, tried turns: Range<Timestamp>) throws -> DueCount? {
        try dueCount("COALESCE(due, 0)", Self.left, Self.arguments(run, turns))
    }

    /// Some of the recipients whom a run has still to send to, in the order of their identifiers.
    /// - Parameters:
    ///   - turns: only those who are tried then for the first time.
    ///   - after: only customers whose identifier comes later; nil for all.
    ///   - limit: how many at most.
    package func customersLeft(
        in run: RunID, tried turns: Range<Timestamp>, after: CustomerID?, limit: Int
    ) throws -> [CustomerID] {
        try fetch(
            "SELECT customer \(Self.left) AND customer > ? ORDER BY customer LIMIT ?",
            Self.arguments(run, turns) + [after?.text ?? "", limit]
        ) { CustomerID($0[0]) }
    }

    /// When a run will send to a customer; nil when it does not, or has.
    /// - Parameter turns: only when they are tried then for the first time.
    package func due(_ customer: CustomerID, in run: RunID, tried turns: Range<Timestamp>) throws
        -> Timestamp?
    {
        try fetch(
            "SELECT COALESCE(due, 0) \(Self.left) AND customer = ?",
            Self.arguments(run, turns) + [customer.text]
        ) { Timestamp(milliseconds: $0[0]) }.first
    }

    /// Those whom a run has still to send to. Without an instant they are due at once; who is to be tried again was
    /// tried first before.
    private static let left = """
        FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?) AND state IN ('planned', 'deferred')
        AND COALESCE(first, due, 0) >= ? AND COALESCE(first, due, 0) < ?
        """

    private static func arguments(_ run: RunID, _ turns: Range<Timestamp>) -> StatementArguments {
        [run.text, turns.lowerBound.milliseconds, turns.upperBound.milliseconds]
    }
}
