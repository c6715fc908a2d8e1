/// A mailbox over IMAP (RFC 3501). Reports are deleted once they are recorded; every other message gets a star
/// (`\Flagged`), so that a person sees it and it is not read again.
///
/// Whether a message was seen does not matter: fetching marks it as seen before anything is recorded, and a crash
/// between the two would lose it.
package final class IMAPMailbox: BounceMailbox {
    private let address: MailboxAddress
    private var connection: MailboxConnection?
    private let folder: String
    /// The messages to read, nil before the server was asked.
    private var waiting: ArraySlice<UInt32>?
    /// Those of them that are not read.
    private var tooLong: Set<UInt32> = []

    /// Messages whose UIDs are asked for at a time. libcurl cuts lines of more than 8 KB; a UID takes up to 11 bytes.
    private static let window = 500

    /// Prepares the connection.
    /// - Parameters:
    ///   - authorities: a file of PEM certificates to trust in place of the system's.
    ///   - patience: seconds for the connection and for each answer.
    ///   - stop: gives up what is under way, within a second or two.
    /// - Throws: `MailboxError`.
    package init(
        _ address: MailboxAddress, password: String, authorities: String? = nil, patience: Int = 60,
        stop: StopSignal = StopSignal()
    ) throws(MailboxError) {
        self.address = address
        folder = address.escapedFolder
        connection = try MailboxConnection(
            address, password: password, authorities: authorities, patience: patience, stop: stop)
    }

    package func next() throws(MailboxError) -> [MailboxMessage] {
        guard let connection else { return [] }
        if waiting == nil { waiting = try search(connection) }
        var batch = MailboxBatch()
        while !batch.isFull, let uid = waiting?.popFirst() {
            if tooLong.contains(uid) {
                batch.add(MailboxMessage(name: "\(uid)", bytes: nil))
            } else if let text = try connection.fetch("\(folder);UID=\(uid)") {
                batch.add(MailboxMessage(name: "\(uid)", bytes: text))
            }
        }
        return batch.messages
    }

    package func settle(_ fates: [(name: String, fate: MailboxFate)]) throws(MailboxError) {
        guard let connection else { return }
        let kept = fates.filter { $0.fate == .kept }.map(\.name).joined(separator: ",")
        let done = fates.filter { $0.fate == .done }.map(\.name).joined(separator: ",")
        if !kept.isEmpty {
            try connection.command(#"UID STORE \#(kept) +FLAGS.SILENT (\Flagged)"#, at: folder)
        }
        if !done.isEmpty {
            try connection.command(#"UID STORE \#(done) +FLAGS.SILENT (\Deleted)"#, at: folder)
            try expunge(done, connection)
        }
    }

    package func close() {
        connection = nil
    }

    /// Takes away what was just marked, and only that where the server can (RFC 4315); it takes all that is marked as
    /// deleted where it cannot.
    private func expunge(_ uids: String, _ connection: MailboxConnection) throws(MailboxError) {
        do {
            try connection.command("UID EXPUNGE \(uids)", at: folder)
        } catch {
            try connection.command("EXPUNGE", at: folder)
        }
    }

    /// The messages that neither this program nor a person has dealt with, the oldest first.
    private func search(_ connection: MailboxConnection) throws(MailboxError) -> ArraySlice<UInt32> {
        try connection.command("NOOP", at: folder)
        guard let count = Self.count(in: connection.remarks) else { throw .garbage(server: address.server) }
        var uids: [UInt32] = []
        for first in stride(from: 1, through: count, by: Self.window) {
            let last = min(first + Self.window - 1, count)
            let open = "UID SEARCH \(first):\(last) UNDELETED UNFLAGGED"
            uids += Self.numbers(ofSearch: try connection.command(open, at: folder))
            let long = try connection.command("\(open) LARGER \(MailboxLimits.message)", at: folder)
            tooLong.formUnion(Self.numbers(ofSearch: long))
        }
        return uids[...]
    }

    /// How many messages the folder holds: `* 17 EXISTS`, heard when it is selected.
    static func count(in remarks: [UInt8]) -> Int? {
        words(of: remarks).last { $0.count == 3 && $0[2].uppercased() == "EXISTS" }.flatMap { Int($0[1]) }
    }

    /// The numbers of `* SEARCH 4 8 15`.
    static func numbers(ofSearch answer: [UInt8]) -> [UInt32] {
        words(of: answer).filter { $0.count > 1 && $0[1].uppercased() == "SEARCH" }
            .flatMap { $0.dropFirst(2).compactMap { UInt32($0) } }
    }

    /// The words of each line that begins with a star.
    private static func words(of lines: [UInt8]) -> [[Substring]] {
        String(decoding: lines, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: " ") }.filter { $0.first == "*" }
    }
}
