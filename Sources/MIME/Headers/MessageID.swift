/// The identifier of a message, without its angle brackets (RFC 5322, section 3.6.4).
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// `left@right`.
    public let text: String

    /// - Parameters:
    ///   - left: What is unique at the host: dots between letters, digits and the other characters of atoms.
    ///   - right: A domain name of the sender.
    /// - Throws: `HeaderError.badIdentifier`.
    public init(_ left: String, at right: String) throws(HeaderError) {
        try self.init("\(left)@\(right)")
    }

    /// - Parameter text: `left@right`, with or without angle brackets.
    /// - Throws: `HeaderError.badIdentifier`.
    public init(_ text: String) throws(HeaderError) {
        var bytes = Array(text.utf8)
        if bytes.first == .less, bytes.last == .greater { bytes = Array(bytes.dropFirst().dropLast()) }
        let halves = bytes.split(separator: .at, omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy(Self.isDotAtom), bytes.count <= 250 else {
            throw .badIdentifier(text)
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: .dot, omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(ByteSet.atext.contains) }
    }

    /// The identifier without angle brackets.
    public var description: String { text }
}
