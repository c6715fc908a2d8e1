/// The text of a message while it arrives: finds its end and undoubles the dots (RFC 5321, section 4.5.2).
///
/// Only CR LF . CR LF ends it; an LF alone is no line break here, so nothing can be smuggled in.
struct SMTPText {
    private(set) var bytes: [UInt8] = []
    /// Whether more came than is taken; the rest is read and thrown away.
    private(set) var isTooLarge = false

    private let limit: Int
    private var isAtLineStart = true

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a piece of text, which ends with LF unless its line goes on with the next piece.
    /// - Returns: Whether the message has ended.
    mutating func take(_ piece: ArraySlice<UInt8>) -> Bool {
        var piece = piece
        if isAtLineStart, piece.first == UInt8(ascii: ".") {
            if piece.elementsEqual(".\r\n".utf8) { return true }
            piece.removeFirst()
        }
        isAtLineStart = piece.suffix(2).elementsEqual("\r\n".utf8)
        isTooLarge = isTooLarge || bytes.count + piece.count > limit
        if !isTooLarge { bytes.append(contentsOf: piece) }
        return false
    }
}
