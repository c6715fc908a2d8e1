/// One message of a mailbox that bounces come back to.
package struct MailboxMessage: Sendable {
    /// What the mailbox calls it: a path, an IMAP UID, a POP3 number.
    package let name: String
    /// The message as it lies there; lines may end with LF alone. Nil for one of more than 4 MB: it is no report, and is
    /// not read.
    package let bytes: [UInt8]?
}

/// What becomes of a message that was read, once all that it says is durable.
package enum MailboxFate: Hashable, Sendable {
    /// Nobody needs it any more.
    case done
    /// It is no report: a person may want to read it.
    case kept
}

/// A mailbox that bounces come back to. It belongs to one thread and may block it.
///
/// A crash between `next` and `settle` leaves the messages where they were: they are read again, and whoever records
/// them knows them by their identity.
package protocol BounceMailbox: AnyObject {
    /// The next messages that nobody has read; none at the end.
    /// - Throws: `MailboxError`.
    func next() throws(MailboxError) -> [MailboxMessage]

    /// Lets go of messages whose records are durable. Each mailbox says what it does with them.
    /// - Throws: `MailboxError`; what was not let go of is read again.
    func settle(_ fates: [(name: String, fate: MailboxFate)]) throws(MailboxError)

    /// Ends the connection, which makes deletions over POP3 effective.
    func close()
}

extension BounceMailbox {
    package func close() {}
}

/// What of a mailbox is in memory at a time.
enum MailboxLimits {
    /// A longer message is no report and is not read, in bytes.
    static let message = 4 << 20
    /// So many messages make a batch, which shares one commit.
    static let batch = 200
    /// A batch is handed on when it has so many bytes.
    static let batchBytes = 8 << 20
}

/// Collects messages until a batch is full.
struct MailboxBatch {
    private(set) var messages: [MailboxMessage] = []
    private var bytes = 0

    var isFull: Bool { messages.count >= MailboxLimits.batch || bytes >= MailboxLimits.batchBytes }

    mutating func add(_ message: MailboxMessage) {
        messages.append(message)
        bytes += message.bytes?.count ?? 0
    }
}

/// Why a mailbox cannot be read: a sentence for whoever runs it, without a password.
package enum MailboxError: Error, Hashable, Sendable, CustomStringConvertible {
    case notAMailboxURL, badHost, badPort, noUser, passwordInURL, badUser, badFolder, folderOfPOP3
    /// A folder or file cannot be read or changed; the system's own words follow.
    case file(path: String, reason: String)
    /// The server refuses user or password.
    case refused(server: String)
    /// Anything else that goes wrong on the way to the server, in libcurl's words.
    case failed(server: String, reason: String)
    /// Another program holds the file.
    case locked(path: String)
    /// The server says something that is no answer.
    case garbage(server: String)

    package var description: String {
        switch self {
        case .notAMailboxURL:
            "A mailbox's url starts with imap://, imaps://, pop3:// or pop3s://; write one of them before the user."
        case .badHost: "The mailbox's url has no valid host; write imaps://user@host/folder."
        case .badPort:
            "The mailbox's url has no valid port; write a number from 1 to 65535 after the host's colon."
        case .noUser:
            "The mailbox's url names no user; write imaps://user@host, with %40 for an @ of the user's."
        case .passwordInURL:
            "A password in a url is seen by everyone on the machine; put it into BOON_MAILBOX_PASSWORD."
        case .badUser: "The mailbox's user or password has a character that cannot be sent; correct it."
        case .badFolder: "The mailbox's folder cannot be asked for; write plain letters, or %XX for others."
        case .folderOfPOP3: "POP3 knows no folders; leave out what follows the host."
        case .file(let path, let reason): "\(path) cannot be read as a mailbox: \(reason)"
        case .locked(let path):
            "\(path) is held by another program that delivers into it; read it again when that is done."
        case .refused(let server):
            "\(server) refuses the user or the password; correct them where they are given."
        case .failed(let server, let reason): "\(server) cannot be read: \(reason)"
        case .garbage(let server):
            "\(server) answers what is no answer; see that a mail server listens there."
        }
    }
}
