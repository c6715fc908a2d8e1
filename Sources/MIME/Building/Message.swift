/// A message that is about to be sent: header fields and a body.
public struct Message: Sendable {
    /// All fields but `MIME-Version` and `Content-*`, which the message writes itself.
    public var headers: Headers
    /// The body, mostly `Part.alternative(.text(...), .html(...))`.
    public var body: Part

    /// A message of its parts.
    public init(headers: Headers, body: Part) {
        self.headers = headers
        self.body = body
    }

    /// The message as it goes on the wire, checked. The same message gives the same bytes.
    ///
    /// - Parameter boundarySeed: What the boundaries are derived from; the Message-ID unless given.
    /// - Throws: `MessageError`.
    public func serialized(boundarySeed: String? = nil) throws(MessageError) -> FinalBytes {
        for name in ["From", "Date"] where !headers.contains(name) { throw .missing(header: name) }
        var boundaries = Boundaries(seed: boundarySeed ?? headers.messageID?.text ?? "")
        var output: [UInt8] = []
        output.reserveCapacity(body.estimatedSize + headers.bytes.count + 256)
        do throws(HeaderError) {
            var fields = headers.writer
            try fields.field("MIME-Version") { writer throws(HeaderError) in writer.word("1.0".utf8) }
            try body.write(after: fields, to: &output, boundaries: &boundaries)
        } catch {
            throw .header(error)
        }
        // Between parts the line break belongs to the boundary; a text alone gets one to end with.
        if output.last != .lineFeed { output.appendLineBreak() }
        do throws(WireFault) {
            return try FinalBytes(checking: output)
        } catch {
            throw .wire(error)
        }
    }
}

/// Why a message was not made.
public enum MessageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A field without which mail is not valid (RFC 5322, section 3.6).
    case missing(header: String)
    /// A field of a part that cannot be written.
    case header(HeaderError)
    /// The result is not what may go on the wire.
    case wire(WireFault)

    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .missing(let header): "The message has no header \(header), which all mail has; add it."
        case .header(let error): error.description
        case .wire(let fault): fault.description
        }
    }
}

extension Part {
    /// Room that the written part takes, roughly and rather too much.
    var estimatedSize: Int {
        switch content {
        case .text(let bytes, _): bytes.count * 3 / 2 + 256
        case .file(let encoded): encoded.count + 512
        case .several(let parts): parts.reduce(256) { $0 + $1.estimatedSize + 64 }
        }
    }
}
