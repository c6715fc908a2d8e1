import Delivering
import Model

/// What became of one message of the bounce mailbox.
struct BounceOutcome: Sendable {
    /// What it was taken for.
    enum Kind: Sendable {
        /// A bounce or complaint, recorded now.
        case recorded(BounceMeaning)
        /// The customer wants no more mails.
        case unsubscribed
        /// Recorded before.
        case known
        /// It came to one of our addresses and asks for nothing.
        case noNews
        /// It does not concern a message of this workspace.
        case notOurs
        /// It has more than any report, and was not read.
        case tooLong
    }

    let kind: Kind
    /// What the other side says.
    var words = ""
    /// Who is not mailed any more because of it.
    var suppressed: CustomerID?

    /// What is not ours, or was not read, stays for a person to look at.
    var fate: MailboxFate {
        switch kind {
        case .notOurs, .tooLong: .kept
        case .recorded, .unsubscribed, .known, .noNews: .done
        }
    }
}
