import Foundation

/// A mailbox that is one file: an mbox (RFC 4155), as `/var/mail/bounce` is one, or a single message. It is read and
/// left as it is.
package final class FileMailbox: BounceMailbox {
    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    /// Where in `buffer` the next line begins.
    private var position = 0
    private var isAtEnd = false
    /// Whether the first line has told that this is an mbox, nil before it.
    private var isMailbox: Bool?
    /// What there is of the message that is being read; nil between messages, and while one is too long.
    private var message: [UInt8]? = []
    private var isTooLong = false
    private var followsEmptyLine = true
    private var count = 0

    private static let chunk = 65_536

    /// Opens the file. Programs that deliver into it wait meanwhile (`fcntl` lock), so that no message is read in
    /// halves.
    /// - Parameters:
    ///   - patience: seconds to wait for a program that is delivering into it.
    ///   - stop: gives up waiting.
    /// - Throws: `MailboxError` when that cannot be.
    package init(_ path: String, patience: Int = 60, stop: StopSignal = StopSignal()) throws(MailboxError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MailFile.failure(path) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try Self.lock(descriptor, path, until: .now + .seconds(patience), stop)
    }

    /// Asks again and again: a wait in the system cannot be given up.
    private static func lock(
        _ descriptor: Int32, _ path: String, until end: ContinuousClock.Instant, _ stop: StopSignal
    ) throws(MailboxError) {
        var lock = flock()
        lock.l_type = Int16(F_RDLCK)
        while fcntl(descriptor, F_SETLK, &lock) != 0, errno == EACCES || errno == EAGAIN {
            guard ContinuousClock.now < end, !stop.isRaised else { throw .locked(path: path) }
            usleep(100_000)
        }
    }

    package func next() throws(MailboxError) -> [MailboxMessage] {
        var batch = MailboxBatch()
        while !batch.isFull, let line = try nextLine() {
            let isStart = followsEmptyLine && line.starts(with: "From ".utf8)
            followsEmptyLine = line.elementsEqual("\n".utf8) || line.elementsEqual("\r\n".utf8)
            if isMailbox == nil { isMailbox = isStart }
            if isStart, isMailbox == true {
                finish(&batch)
                message = []
            } else {
                append(line)
            }
        }
        if isAtEnd, !batch.isFull { finish(&batch) }
        return batch.messages
    }

    /// Nothing is moved or deleted.
    package func settle(_ fates: [(name: String, fate: MailboxFate)]) {}

    private func append(_ line: ArraySlice<UInt8>) {
        guard let length = message?.count else { return }
        if length + line.count > MailboxLimits.message {
            (message, isTooLong) = (nil, true)
        } else {
            message?.append(contentsOf: line)
        }
    }

    /// The empty line before the next `From ` belongs to the mailbox and not to the message.
    private func finish(_ batch: inout MailboxBatch) {
        guard isTooLong || message?.isEmpty == false else { return }
        if isMailbox == true, message?.suffix(2).elementsEqual("\n\n".utf8) == true { message?.removeLast() }
        count += 1
        batch.add(MailboxMessage(name: "\(path)#\(count)", bytes: message))
        (message, isTooLong) = (nil, false)
    }

    /// A line with its break; nil at the end. A line that is too long for any report comes in pieces.
    private func nextLine() throws(MailboxError) -> ArraySlice<UInt8>? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                return take(to: end + 1)
            }
            searched = buffer.endIndex
            if isAtEnd || buffer.count - position > MailboxLimits.message {
                return position < buffer.endIndex ? take(to: buffer.endIndex) : nil
            }
            // What was handed out goes away before more comes.
            buffer.removeSubrange(..<position)
            searched -= position
            position = 0
            try readOn()
        }
    }

    private func take(to end: Int) -> ArraySlice<UInt8> {
        defer { position = end }
        return buffer[position..<end]
    }

    private func readOn() throws(MailboxError) {
        do {
            guard let more = try file.read(upToCount: Self.chunk), !more.isEmpty else {
                isAtEnd = true
                return
            }
            buffer.append(contentsOf: more)
        } catch {
            throw .file(path: path, reason: "\(error.localizedDescription)")
        }
    }
}
