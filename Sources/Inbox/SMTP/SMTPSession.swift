/// The server's side of one SMTP conversation (RFC 5321), without a network: bytes in, replies out.
///
/// A conversation may send commands ahead of the replies (RFC 2920): what has arrived is worked through
/// line by line.
struct SMTPSession {
    /// What the conversation leads to, in order.
    enum Action: Equatable {
        case reply(String)
        case message(sender: String, recipients: [String], bytes: [UInt8])
        case close
    }

    private enum Phase {
        case idle
        case mail(sender: String, recipients: [String])
        case text(sender: String, recipients: [String], SMTPText)
    }

    static let greeting = "220 Boon's development inbox"
    private static let mostRecipients = 1000
    /// RFC 5321 asks for 512; extensions want more.
    private static let longestCommand = 4096

    private let messageLimit: Int
    private var phase = Phase.idle
    private var buffer: [UInt8] = []
    private var isClosed = false

    /// - Parameter messageLimit: Bytes of the largest message that is taken.
    init(messageLimit: Int) {
        self.messageLimit = messageLimit
    }

    /// Takes what has arrived.
    mutating func receive(_ bytes: some Sequence<UInt8>) -> [Action] {
        buffer.append(contentsOf: bytes)
        var actions: [Action] = []
        var start = 0
        while !isClosed, start < buffer.count {
            guard let end = buffer[start...].firstIndex(of: 0x0A) else { break }
            actions += line(buffer[start...end])
            start = end + 1
        }
        buffer.removeFirst(start)
        if !isClosed, buffer.count > Self.longestCommand { actions += overlongLine() }
        return actions
    }

    private mutating func line(_ line: ArraySlice<UInt8>) -> [Action] {
        guard case .text(let sender, let recipients, var text) = phase else { return command(line) }
        // Given up here so that the text is appended to in place and not copied for each line.
        phase = .idle
        guard text.take(line) else {
            phase = .text(sender: sender, recipients: recipients, text)
            return []
        }
        guard !text.isTooLarge else {
            return [.reply("552 5.3.4 The message has more than \(messageLimit) bytes")]
        }
        return [
            .message(sender: sender, recipients: recipients, bytes: text.bytes), .reply("250 2.0.0 Ok: kept"),
        ]
    }

    /// A line that does not end is text as far as it goes, and no command. A CR is kept back, for it may be
    /// half of the line's end.
    private mutating func overlongLine() -> [Action] {
        guard case .text(let sender, let recipients, var text) = phase else {
            isClosed = true
            return [.reply("500 5.5.6 The line is too long"), .close]
        }
        phase = .idle
        let kept = buffer.last == 0x0D ? 1 : 0
        _ = text.take(buffer.dropLast(kept))
        buffer.removeFirst(buffer.count - kept)
        phase = .text(sender: sender, recipients: recipients, text)
        return []
    }

    private mutating func command(_ line: ArraySlice<UInt8>) -> [Action] {
        let text = String(decoding: line.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        let verb = text.prefix { $0 != " " }.uppercased()
        switch verb {
        case "EHLO":
            phase = .idle
            let extensions = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"].map { "250-\($0)\r\n" }
                .joined()
            return [.reply("250-localhost\r\n\(extensions)250 SIZE \(messageLimit)")]
        case "HELO":
            phase = .idle
            return [.reply("250 localhost")]
        case "MAIL": return [.reply(mail(text))]
        case "RCPT": return [.reply(recipient(text))]
        case "DATA": return [.reply(data())]
        case "RSET":
            phase = .idle
            return [.reply("250 2.0.0 Ok")]
        case "NOOP": return [.reply("250 2.0.0 Ok")]
        case "VRFY": return [.reply("252 2.5.0 Send it and see")]
        case "QUIT":
            isClosed = true
            return [.reply("221 2.0.0 Bye"), .close]
        default: return [.reply("502 5.5.1 The command is not known")]
        }
    }

    private mutating func mail(_ text: String) -> String {
        guard case .idle = phase else { return "503 5.5.1 A message is under way" }
        guard let (sender, parameters) = Self.path(in: text, after: "MAIL FROM:") else {
            return "501 5.5.4 Write MAIL FROM:<address>"
        }
        let size = parameters.split(separator: " ").first { $0.uppercased().hasPrefix("SIZE=") }
        if let size, let bytes = Int(size.dropFirst(5)), bytes > messageLimit {
            return "552 5.3.4 The message has more than \(messageLimit) bytes"
        }
        phase = .mail(sender: sender, recipients: [])
        return "250 2.1.0 Ok"
    }

    private mutating func recipient(_ text: String) -> String {
        guard case .mail(let sender, let recipients) = phase else { return "503 5.5.1 MAIL comes first" }
        guard let (recipient, _) = Self.path(in: text, after: "RCPT TO:"), !recipient.isEmpty else {
            return "501 5.5.4 Write RCPT TO:<address>"
        }
        guard recipients.count < Self.mostRecipients else { return "452 4.5.3 Too many recipients" }
        phase = .mail(sender: sender, recipients: recipients + [recipient])
        return "250 2.1.5 Ok"
    }

    private mutating func data() -> String {
        guard case .mail(let sender, let recipients) = phase, !recipients.isEmpty else {
            return "503 5.5.1 RCPT comes first"
        }
        phase = .text(sender: sender, recipients: recipients, SMTPText(limit: messageLimit))
        return "354 End with a dot on a line of its own"
    }

    /// The address between angle brackets, and what follows.
    private static func path(in text: String, after keyword: String) -> (
        address: String, parameters: Substring
    )? {
        guard text.prefix(keyword.count).uppercased() == keyword else { return nil }
        let rest = text.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let address = rest[..<end].dropFirst()
        guard !address.contains(where: { $0 == "<" || $0 == " " }) else { return nil }
        return (String(address), rest[end...].dropFirst())
    }
}
