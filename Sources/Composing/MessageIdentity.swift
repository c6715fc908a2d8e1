import Crypto
import MIME
import Model

/// The Message-ID of a run's message to a customer. Made from the two alone, so that a message that is sent again
/// carries the same one, and so that it can be told when the message itself is gone.
package enum MessageIdentity {
    static func id(run: RunID, customer: CustomerID, campaign: String, domain: String) throws(HeaderError)
        -> MessageID
    {
        let hash = SHA256.hash(data: Array(run.text.utf8) + [0] + customer.text.utf8)
        let digits = hash.withUnsafeBytes { $0.prefix(16).hexadecimal }
        return try MessageID("\(campaign).\(digits)", at: domain)
    }

    /// What to look for in a relay's log.
    /// - Parameter from: the campaign's sender, as written.
    /// - Returns: `<left@right>`; nil when the sender cannot be read.
    package static func text(of customer: CustomerID, in run: Run, from: String) -> String? {
        guard let sender = try? Mailbox(parsing: from),
            let id = try? id(
                run: run.id, customer: customer, campaign: run.campaign, domain: sender.address.domain)
        else { return nil }
        return "<\(id)>"
    }
}
