/// One entity of a message's body: a text, a file, or several parts together (RFC 2045 and 2046).
public struct Part: Sendable {
    enum Content: Sendable {
        case text(utf8: [UInt8], TransferEncoding)
        /// In base64 already: the same part may go into any number of messages.
        case file(encoded: [UInt8])
        case several([Part])
    }

    let content: Content
    let type: MediaType
    /// The part's identifier, for `cid:` links to it.
    private(set) var contentID: MessageID?
    private(set) var filename: String?
    private(set) var isAttachment = false

    private init(_ content: Content, _ type: MediaType) {
        self.content = content
        self.type = type
    }

    private init(utf8 bytes: [UInt8], known: KnownLines?, subtype: String) {
        let type = MediaType(type: "text", subtype: subtype)
        if let known, let encoding = TransferEncoding(forText: bytes, known: known) {
            self.init(.text(utf8: bytes, encoding), type)
        } else {
            let text = Self.repaired(bytes)
            self.init(.text(utf8: text, TransferEncoding(forText: text)), type)
        }
    }

    /// Plain text in UTF-8. Line breaks may be LF, CRLF or CR; they leave as CRLF.
    public static func text(_ text: String) -> Part {
        Part(utf8: Array(text.utf8), known: nil, subtype: "plain")
    }

    /// Plain text in UTF-8 bytes; bytes that are not UTF-8 leave as U+FFFD.
    /// - Parameter known: Lines that the text probably has: they make it faster and change nothing.
    public static func text(utf8 bytes: [UInt8], known: KnownLines? = nil) -> Part {
        Part(utf8: bytes, known: known, subtype: "plain")
    }

    /// HTML in UTF-8. Line breaks may be LF, CRLF or CR; they leave as CRLF.
    public static func html(_ html: String) -> Part {
        Part(utf8: Array(html.utf8), known: nil, subtype: "html")
    }

    /// HTML in UTF-8 bytes; bytes that are not UTF-8 leave as U+FFFD.
    /// - Parameter known: Lines that the text probably has: they make it faster and change nothing.
    public static func html(utf8 bytes: [UInt8], known: KnownLines? = nil) -> Part {
        Part(utf8: bytes, known: known, subtype: "html")
    }

    /// A file beside the text.
    /// - Parameters:
    ///   - bytes: The file.
    ///   - type: Its media type; not `multipart` or `message`, whose parts could not be base64.
    ///   - filename: The name to save it by, in any language.
    /// - Throws: `HeaderError`.
    public static func attachment(_ bytes: [UInt8], type: MediaType, filename: String) throws(HeaderError)
        -> Part
    {
        var part = Part(.file(encoded: Base64.encodeLines(bytes)), try checked(type))
        part.filename = try HeaderText.clean(filename, header: "Content-Disposition")
        part.isAttachment = true
        return part
    }

    /// A file that the HTML shows by `cid:left@right`.
    /// - Throws: `HeaderError`.
    public static func inline(
        _ bytes: [UInt8], type: MediaType, id: MessageID, filename: String? = nil
    ) throws(HeaderError) -> Part {
        var part = Part(.file(encoded: Base64.encodeLines(bytes)), try checked(type))
        part.contentID = id
        part.filename = try filename.map { name throws(HeaderError) in
            try HeaderText.clean(name, header: "Content-Disposition")
        }
        return part
    }

    /// The same content in several forms, the plainest first: plain text, then HTML.
    public static func alternative(_ plainest: Part, _ richer: Part...) -> Part {
        several([plainest] + richer, "alternative")
    }

    /// A root part, mostly HTML, with the files it shows.
    public static func related(_ root: Part, _ files: [Part]) -> Part { several([root] + files, "related") }

    /// A text, mostly an `alternative`, with attachments.
    public static func mixed(_ body: Part, _ attachments: [Part]) -> Part {
        several([body] + attachments, "mixed")
    }

    private static func several(_ parts: [Part], _ subtype: String) -> Part {
        Part(.several(parts), MediaType(type: "multipart", subtype: subtype))
    }

    private static func checked(_ type: MediaType) throws(HeaderError) -> MediaType {
        guard type.type != "multipart", type.type != "message" else { throw .badMediaType(type.description) }
        return type
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.withUnsafeBytes(\.isUTF8) { return bytes }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
}
