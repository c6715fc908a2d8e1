/// A mailbox over POP3 (RFC 1939). Reports are deleted once they are recorded, when the connection ends in order;
/// every other message stays, and is read again the next time, for POP3 has no way to mark one.
package final class POP3Mailbox: BounceMailbox {
    private let address: MailboxAddress
    private var connection: MailboxConnection?
    /// The messages to read, nil before the server was asked.
    private var waiting: ArraySlice<(number: Int, isTooLong: Bool)>?

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
        connection = try MailboxConnection(
            address, password: password, authorities: authorities, patience: patience, stop: stop)
    }

    package func next() throws(MailboxError) -> [MailboxMessage] {
        guard let connection else { return [] }
        if waiting == nil { waiting = try list(connection) }
        var batch = MailboxBatch()
        while !batch.isFull, let (number, isTooLong) = waiting?.popFirst() {
            if isTooLong {
                batch.add(MailboxMessage(name: "\(number)", bytes: nil))
            } else if let text = try connection.fetch("\(number)") {
                batch.add(MailboxMessage(name: "\(number)", bytes: text))
            }
        }
        return batch.messages
    }

    package func settle(_ fates: [(name: String, fate: MailboxFate)]) throws(MailboxError) {
        guard let connection else { return }
        for (number, fate) in fates where fate == .done {
            try connection.command("DELE", at: number, hasBody: false)
        }
    }

    package func close() {
        connection = nil
    }

    private func list(_ connection: MailboxConnection) throws(MailboxError) -> ArraySlice<
        (number: Int, isTooLong: Bool)
    > {
        guard let answer = try connection.fetch("") else { throw .garbage(server: address.server) }
        connection.holdOn()
        return Self.messages(ofList: answer)[...]
    }

    /// What `1 120` says, a line for each message with its bytes.
    static func messages(ofList answer: [UInt8]) -> [(number: Int, isTooLong: Bool)] {
        String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(separator: " ").map { Int($0) }
            guard words.count == 2, let number = words[0], number > 0, let size = words[1] else { return nil }
            return (number, size > MailboxLimits.message)
        }
    }
}
