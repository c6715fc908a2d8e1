/// A message that was read, whatever it was: reading never fails, and what cannot be understood stays
/// bytes.
public struct ParsedMessage: Sendable {
    /// How much of a message is taken apart; the rest stays bytes.
    public struct Limits: Sendable {
        /// Parts inside parts.
        public var depth = 20
        /// Parts altogether.
        public var parts = 1000
        /// Header fields of one part.
        public var fields = 1000

        /// The limits that mail needs.
        public init() {}
    }

    /// The outermost part.
    public let root: ParsedPart

    /// Reads a message.
    /// - Parameters:
    ///   - bytes: The message; lines may end with LF alone.
    ///   - limits: How much to take apart.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) {
        var reader = MessageReader(limits: limits)
        root = reader.message(bytes)
    }

    /// The fields of the message.
    public var headers: ParsedHeaders { root.headers }
    /// The subject, decoded.
    public var subject: String? { headers.text("Subject") }
    /// Who the message says it is from.
    public var from: [Mailbox] { headers.mailboxes("From") }
    /// Whom the message says it is to.
    public var to: [Mailbox] { headers.mailboxes("To") }

    /// The plain text that a reader would show.
    public var text: String? { shown("text/plain") }
    /// The HTML that a reader would show.
    public var html: String? { shown("text/html") }
    /// The parts to be saved and not shown.
    public var attachments: [ParsedPart] { root.own.filter(\.isAttachment) }

    /// The part that HTML shows by `cid:`.
    public func part(contentID: String) -> ParsedPart? { root.own.first { $0.contentID == contentID } }

    private func shown(_ type: String) -> String? {
        root.own.first { $0.type == type && !$0.isAttachment }?.text
    }
}
