/// A media type, `image/png` (RFC 2045, section 5.1, without parameters).
public struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// The type before the slash, in lower case.
    public let type: String
    /// The subtype after the slash, in lower case.
    public let subtype: String

    /// - Parameter text: `type/subtype`.
    /// - Throws: `HeaderError.badMediaType`.
    public init(_ text: String) throws(HeaderError) {
        let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard halves.count == 2,
            halves.allSatisfy({ 1...64 ~= $0.count && $0.allSatisfy(ByteSet.token.contains) })
        else { throw .badMediaType(text) }
        self.type = String(Substring(halves[0])).lowercasedASCII
        self.subtype = String(Substring(halves[1])).lowercasedASCII
    }

    init(type: String, subtype: String) {
        self.type = type
        self.subtype = subtype
    }

    /// `application/octet-stream`: bytes of which nothing is known.
    public static let octetStream = MediaType(type: "application", subtype: "octet-stream")

    /// `type/subtype`.
    public var description: String { "\(type)/\(subtype)" }
}
