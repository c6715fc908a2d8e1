import GRDB
import Model

/// Recipients of a run who are in the same state for the same reason.
package struct RecipientGroup: Hashable, Sendable {
    package let state: RecipientState
    /// The relay's last reply without the address, or our reason.
    package let reply: String?
    /// How many they are.
    package let count: Int
    /// When the first of them is tried again; nil when none is.
    package let due: Timestamp?
    /// Some of them, the first by their identifiers.
    package let sample: [CustomerID]
}

extension IndexView {
    /// The recipients of a run in some states, put together by what is to be said of them, the largest group first.
    /// - Parameters:
    ///   - limit: how many groups at most.
    ///   - naming: how many of each group are named at most.
    package func groups(
        of run: RunID, in states: [RecipientState], limit: Int, naming: Int
    ) throws -> [RecipientGroup] {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try fetch(
            """
            SELECT state, reply, count(*) AS members, min(due) AS due FROM recipients
            WHERE run = (SELECT number FROM runs WHERE id = ?) AND state IN (\(list))
            GROUP BY state, reply ORDER BY members DESC, state, reply LIMIT ?
            """, [run.text, limit]
        ) { row in
            let state: RecipientState = try row.word("state", named: "a recipient's state")
            let reply: String? = row["reply"]
            return RecipientGroup(
                state: state, reply: reply, count: row["members"],
                due: (row["due"] as Int64?).map { Timestamp(milliseconds: $0) },
                sample: try members(of: run, in: state, saying: reply, limit: naming))
        }
    }

    private func members(
        of run: RunID, in state: RecipientState, saying reply: String?, limit: Int
    ) throws -> [CustomerID] {
        try fetch(
            """
            SELECT customer FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?) AND state = ?
            AND COALESCE(reply, '') = ? ORDER BY customer LIMIT ?
            """, [run.text, state.rawValue, reply ?? "", limit]
        ) { CustomerID($0[0]) }
    }
}
