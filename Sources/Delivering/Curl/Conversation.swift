/// What is said during one transfer: the message that libcurl reads and the reply lines that it hears.
///
/// Only the latest complete reply is kept, and whether the relay ever said "go ahead" (354): that is all
/// that decides about the outcome.
final class Conversation {
    /// The message's size in bytes.
    var messageSize: Int { message.count }
    /// How many complete replies were heard.
    private(set) var replyCount = 0
    /// Whether the relay asked for the message's text: from here on it may have it.
    private(set) var heardGoAhead = false
    /// The lines of the latest complete reply, with their line breaks.
    private(set) var lastReply: [UInt8] = []
    /// A line that is no SMTP reply, at which the transfer was ended.
    private(set) var heardGarbage = false

    private let message: UnsafeRawBufferPointer
    private let stop: StopSignal
    private var position = 0
    private var unfinishedReply: [UInt8] = []
    private var bytesHeard = 0

    /// A reply larger than this is an attack or a fault; RFC 5321 allows 512 bytes a line.
    private static let mostBytesHeard = 65_536

    /// - Parameter message: Must stay valid until the transfer has ended.
    init(message: UnsafeRawBufferPointer, stop: StopSignal) {
        (self.message, self.stop) = (message, stop)
    }

    /// Once the relay has been given text, giving up would leave the message in doubt: its reply is waited for.
    var shouldGiveUp: Bool { stop.isRaised && !heardGoAhead }

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
        bytesHeard += line.count
        guard bytesHeard <= Self.mostBytesHeard, let isLast = SMTPReply.isLastLine(line) else {
            heardGarbage = true
            return false
        }
        unfinishedReply.append(contentsOf: line)
        guard isLast else { return true }
        swap(&lastReply, &unfinishedReply)
        unfinishedReply.removeAll(keepingCapacity: true)
        replyCount += 1
        if lastReply.starts(with: "354".utf8) { heardGoAhead = true }
        return true
    }
}
