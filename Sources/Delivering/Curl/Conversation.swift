/// What is said during one transfer: the message that libcurl reads and the replies that it hears.
final class Conversation {
    /// The message's size in bytes.
    var messageSize: Int { message.count }
    /// Whether the relay asked for the message's text (354): from here on it may have it.
    var heardGoAhead: Bool { goAhead != nil }
    /// Whether the transfer was ended at a line that is no SMTP reply.
    private(set) var heardGarbage = false
    /// What libcurl itself said, where it was asked to.
    private(set) var remarks: [String] = []

    private let message: UnsafeRawBufferPointer
    private let stop: StopSignal
    private var position = 0
    private var heard: [UInt8] = []
    /// Where each complete reply ends in `heard`.
    private var ends: [Int] = []
    /// Which reply was the 354.
    private var goAhead: Int?

    /// More than this is an attack or a fault; RFC 5321 allows 512 bytes a line.
    private static let mostBytesHeard = 65_536

    /// - Parameter message: Must stay valid until the transfer has ended.
    init(message: UnsafeRawBufferPointer, stop: StopSignal) {
        (self.message, self.stop) = (message, stop)
    }

    /// Once the relay has been given text, giving up would leave the message in doubt: its reply is waited for,
    /// unless the stop is wanted at any price.
    var shouldGiveUp: Bool { stop.isRaised && (!heardGoAhead || stop.isAbandoned) }

    /// Copies the next part of the message.
    /// - Returns: The bytes copied, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - position)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: message[position..<position + count]))
        position += count
        return count
    }

    /// Takes one line from the relay.
    ///
    /// libcurl skips a line that is no reply and waits for a better one, ten minutes long; we do not.
    /// - Returns: false to end the transfer.
    func hear(_ line: UnsafeRawBufferPointer) -> Bool {
        guard heard.count + line.count <= Self.mostBytesHeard, let isLast = SMTPReply.isLastLine(line) else {
            heardGarbage = true
            return false
        }
        heard.append(contentsOf: line)
        guard isLast else { return true }
        if goAhead == nil, line.starts(with: "354".utf8) { goAhead = ends.count }
        ends.append(heard.count)
        return true
    }

    func hear(remark: String) {
        remarks.append(remark)
    }

    /// Every complete reply.
    var replies: [[UInt8]] { ends.indices.map { Array(reply($0)) } }

    /// The reply that decides, and how many there were up to it; nil when none was heard.
    ///
    /// It is not always the last one: after a failure libcurl says QUIT, and the 221 to that must never pass
    /// for the answer to the text. Nothing but the answer to the text follows the 354; before it, libcurl
    /// tells the code of the last reply but for QUIT's.
    /// - Parameter code: libcurl's `CURLINFO_RESPONSE_CODE`.
    func decidingReply(code: Int) -> (lines: [UInt8], count: Int)? {
        let index =
            goAhead.map { min($0 + 1, ends.count - 1) }
            ?? ends.indices.last { SMTPReply.code(ofReply: reply($0)) == code }
        return index.map { (Array(reply($0)), $0 + 1) }
    }

    /// Whether the relay took MAIL: the first 25x of a new connection, or after STARTTLS, answers EHLO or HELO, the
    /// next one MAIL. libcurl does not tell which command an error belongs to.
    var tookSender: Bool {
        var (accepted, greetings) = (0, 0)
        for index in ends.indices {
            if reply(index).starts(with: "220".utf8) {
                (accepted, greetings) = (0, 1)
            } else if reply(index).starts(with: "25".utf8) {
                accepted += 1
            }
        }
        return accepted > greetings
    }

    private func reply(_ index: Int) -> ArraySlice<UInt8> {
        heard[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }
}
