/// The header fields of a message, in the order in which they were added, folded and encoded.
///
/// Every value passes the same border: control characters are refused with the field's name, what
/// nobody sees is stripped, everything leaves as 7-bit lines.
public struct Headers: Sendable {
    private(set) var writer = FieldWriter()
    /// Lower-cased names of the fields: so few that looking at each beats hashing.
    private var names: [String] = []
    /// The identifier in `Message-ID`, of which the boundaries are made.
    private(set) var messageID: MessageID?

    /// Fields that a message has at most once (RFC 5322, section 3.6; RFC 2369; RFC 2919; RFC 8058).
    private static let single: Set<String> = [
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references",
        "subject", "list-id", "list-unsubscribe", "list-unsubscribe-post", "feedback-id", "auto-submitted",
    ]

    /// No fields.
    public init() {}

    /// The fields as they go on the wire, each line ended by CRLF.
    public var bytes: [UInt8] { writer.bytes }

    /// Whether a field of that name was added.
    public func contains(_ name: String) -> Bool { names.contains(name.lowercasedASCII) }

    /// Free text as a field says it: without bidirectional controls and characters that take no room.
    public static func visible(_ text: String) -> String { HeaderText.stripped(text) }

    /// Adds free text: `Subject`, `X-Campaign`.
    /// - Throws: `HeaderError`.
    public mutating func add(_ name: String, text: String) throws(HeaderError) {
        let clean = try HeaderText.clean(text, header: name)
        try add(name) { writer throws(HeaderError) in writer.text(clean) }
    }

    /// Adds mailboxes: `From`, `To`, `Reply-To`, `Sender`.
    /// - Throws: `HeaderError`.
    public mutating func add(_ name: String, mailboxes: [Mailbox]) throws(HeaderError) {
        try add(name) { writer throws(HeaderError) in try writer.mailboxes(mailboxes, header: name) }
    }

    /// Adds a date: `Date`.
    /// - Throws: `HeaderError`.
    public mutating func add(_ name: String, date: MessageDate) throws(HeaderError) {
        try add(name) { writer throws(HeaderError) in writer.word(date.text.utf8) }
    }

    /// Adds identifiers: `Message-ID`, `In-Reply-To`, `References`.
    /// - Throws: `HeaderError`.
    public mutating func add(_ name: String, ids: MessageID...) throws(HeaderError) {
        try add(name) { writer throws(HeaderError) in
            guard !ids.isEmpty else { throw .empty(header: name) }
            for id in ids { writer.word("<\(id.text)>".utf8) }
        }
        if name.lowercasedASCII == "message-id" { messageID = ids.first }
    }

    /// Adds a structured value of visible ASCII, folded only where it has spaces: `Feedback-ID`, `Precedence`.
    /// - Throws: `HeaderError`.
    public mutating func add(_ name: String, structured value: String) throws(HeaderError) {
        _ = try HeaderText.clean(value, header: name)
        try add(name) { writer throws(HeaderError) in
            guard value.isASCII else { throw .notASCII(header: name) }
            let words = value.utf8.split(separator: .space)
            guard !words.isEmpty else { throw .empty(header: name) }
            for word in words { writer.word(word) }
        }
    }

    /// Adds links in angle brackets: `List-Unsubscribe`, `List-Help`, `List-Archive` (RFC 2369).
    /// - Throws: `HeaderError`; links must be percent-encoded and under about 900 octets.
    public mutating func add(_ name: String, links: [String]) throws(HeaderError) {
        try add(name) { writer throws(HeaderError) in
            guard !links.isEmpty else { throw .empty(header: name) }
            for (index, link) in links.enumerated() {
                _ = try HeaderText.clean(link, header: name)
                guard !link.isEmpty, link.utf8.allSatisfy(Self.isLinkByte) else {
                    throw .badLink(header: name)
                }
                writer.word("<\(link)>".utf8, suffix: index < links.count - 1 ? .comma : nil)
            }
        }
    }

    /// Adds `List-Id`: a name for people and an identifier of dots and atoms (RFC 2919).
    /// - Throws: `HeaderError`.
    public mutating func addListID(_ id: String, name: String? = nil) throws(HeaderError) {
        let header = "List-Id"
        let clean = try name.map { name throws(HeaderError) in try HeaderText.clean(name, header: header) }
        guard let domain = try? DomainName.ascii(id) else { throw .badListID(id) }
        try add(header) { writer throws(HeaderError) in
            if let clean = clean?.trimmingBlanks, !clean.isEmpty { writer.phrase(clean) }
            writer.word("<\(domain)>".utf8)
        }
    }

    /// Adds `List-Unsubscribe` with the web address first, and `List-Unsubscribe-Post`, which tells that
    /// one click does it (RFC 8058, section 3.1).
    /// - Parameters:
    ///   - https: The address that takes the POST.
    ///   - mailto: A `mailto:` link for readers that only write mail.
    /// - Throws: `HeaderError.badLink` also when `https` has another scheme.
    public mutating func addListUnsubscribe(https: String, mailto: String? = nil) throws(HeaderError) {
        guard https.utf8.starts(with: "https://".utf8) else { throw .badLink(header: "List-Unsubscribe") }
        try add("List-Unsubscribe", links: [https] + (mailto.map { [$0] } ?? []))
        try add("List-Unsubscribe-Post", structured: "List-Unsubscribe=One-Click")
    }

    private mutating func add(
        _ name: String, _ body: (inout FieldWriter) throws(HeaderError) -> Void
    ) throws(HeaderError) {
        guard !name.isEmpty, name.utf8.count <= 64,
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != .colon })
        else { throw .badName(name) }
        let key = name.lowercasedASCII
        guard key != "mime-version", !key.hasPrefix("content-") else { throw .reserved(header: name) }
        guard !Self.single.contains(key) || !names.contains(key) else { throw .duplicate(header: name) }
        try writer.field(name, body)
        names.append(key)
    }

    private static func isLinkByte(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != .less && byte != .greater
    }
}
