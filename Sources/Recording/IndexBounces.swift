import GRDB
import Model

/// A suppression as the index knows it.
package struct SuppressionSummary: Hashable, Sendable {
    package let suppression: Suppression
    /// When it was recorded.
    package let recorded: Timestamp
    /// Whether it holds; one for a fault of an address ends when the customer has another one.
    package let holds: Bool
}

extension IndexView {
    /// Why a customer is not mailed, or was not before their address changed; nil for one who never was suppressed
    /// or was restored.
    package func suppression(of customer: CustomerID) throws -> SuppressionSummary? {
        try fetch(
            """
            SELECT suppressions.*, EXISTS (SELECT 1 FROM customers WHERE customers.id = suppressions.customer
            AND NOT \(BounceRows.isSuppressed)) AS ended FROM suppressions WHERE customer = ?
            """, [customer.text]
        ) { row in
            try BounceRows.suppression(row, of: customer).map {
                SuppressionSummary(
                    suppression: $0, recorded: Timestamp(milliseconds: row["recorded"]),
                    holds: !(row["ended"] as Bool))
            }
        }.first ?? nil
    }

    /// Whether a report was recorded before.
    /// - Parameter report: the identity of the report.
    package func hasBounce(report: String) throws -> Bool {
        try !fetch("SELECT 1 FROM bounces WHERE report = ?", [report]) { $0[0] as Int }.isEmpty
    }

    /// A customer's bounces and complaints after an instant, the oldest first.
    package func bounces(of customer: CustomerID, since: Timestamp) throws -> [MailBounce] {
        try fetch(
            "SELECT * FROM bounces WHERE customer = ? AND occurred > ? ORDER BY occurred, report",
            [customer.text, since.milliseconds], BounceRows.bounce)
    }

    /// Since when a customer has had their address.
    package func addressSince(of customer: CustomerID) throws -> Timestamp? {
        try fetch("SELECT email_since FROM customers WHERE id = ?", [customer.text]) {
            Timestamp(milliseconds: $0[0])
        }.first
    }
}
