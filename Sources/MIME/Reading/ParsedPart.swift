/// One entity of a message that was read.
public struct ParsedPart: Sendable {
    /// The fields of the part; of the outermost part those of the message.
    public let headers: ParsedHeaders
    /// The media type in lower case, `text/plain` where none is said.
    public let type: String
    /// The parameters of `Content-Type` by lower-case name.
    public let parameters: [String: String]
    /// `inline`, `attachment` or what else the part says of itself, in lower case.
    public let disposition: String?
    /// The name to save the part by, as the sender gave it: may hold slashes or anything else.
    public let filename: String?
    /// The content with its transfer encoding undone; of a part of several all bytes as they were.
    public let body: [UInt8]
    /// The parts of a part of several, or the one message of a `message/rfc822`.
    public let parts: [ParsedPart]

    /// Whether the part is meant to be saved and not shown.
    public var isAttachment: Bool { disposition == "attachment" }

    /// The identifier by which HTML shows the part (`cid:`), without angle brackets.
    public var contentID: String? {
        headers["Content-ID"].map {
            String(decoding: $0.bytes.filter { $0 != .less && $0 != .greater }, as: UTF8.self)
        }
    }

    /// The text of a text part; nil for other parts and for character sets that are not known.
    public var text: String? {
        guard type.hasPrefix("text/"), parts.isEmpty else { return nil }
        return Charset.decode(body, label: parameters["charset"] ?? "us-ascii")
    }

    /// This part and all in it, in their order.
    public var all: [ParsedPart] { [self] + parts.flatMap(\.all) }

    /// This part and all in it, but for what belongs to messages inside the message.
    var own: [ParsedPart] {
        type == "message/rfc822" ? [self] : [self] + parts.flatMap(\.own)
    }
}
