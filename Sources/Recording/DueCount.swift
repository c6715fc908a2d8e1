import GRDB
import Model

/// How many recipients somebody asks for, and when the first and the last of them is due.
package typealias DueCount = (count: Int, first: Timestamp, last: Timestamp)

extension IndexView {
    /// Counts recipients.
    /// - Parameters:
    ///   - due: when one of them is due, in SQL and in milliseconds since the epoch.
    ///   - rest: the statement from its `FROM` on.
    /// - Returns: nil when there are none.
    func dueCount(_ due: String, _ rest: String, _ arguments: StatementArguments) throws -> DueCount? {
        try fetch("SELECT count(*), min(\(due)), max(\(due)) \(rest)", arguments) { row -> DueCount? in
            guard let first = row[1] as Int64?, let last = row[2] as Int64? else { return nil }
            return (row[0], Timestamp(milliseconds: first), Timestamp(milliseconds: last))
        }.first ?? nil
    }
}
