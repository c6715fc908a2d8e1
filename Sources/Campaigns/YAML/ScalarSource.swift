/// A text that was written as a YAML scalar, and where each of its bytes stands in the file, so that a mistake
/// in the middle of a condition or a template is told where it is.
struct ScalarSource: Sendable {
    let text: String
    let source: SourceText
    /// Byte offset of the scalar, at its quote or block indicator where it has one.
    let offset: Int

    /// - Returns: nil when the node is no text.
    init?(_ node: YAMLNode, in source: SourceText) {
        guard let text = node.text else { return nil }
        (self.text, self.source, offset) = (text, source, node.offset)
    }

    /// Where the text begins, at the quote if it has one.
    var place: Place { source.place(at: offset) }

    /// Where a byte of the text stands in the file.
    ///
    /// YAML folds lines, strips indentation and decodes escapes, but it never changes, adds or drops anything
    /// else: text and file are walked together over what is not blank.
    func place(at target: Int) -> Place {
        let decoded = Array(text.utf8)
        var walk = Walk(bytes: source.bytes, position: offset)
        var index = 0
        while true {
            while index < min(target, decoded.count), Self.isBlank(decoded[index]) { index += 1 }
            guard index < min(target, decoded.count) else { break }
            walk.skipBlanks()
            let width = Self.width(of: decoded[index])
            guard index + width <= target, walk.position < source.bytes.count else { break }
            walk.skipCharacter(width: width)
            index += width
        }
        // The end of the text is right after its last character, not where the file goes on.
        if target < decoded.count { walk.skipBlanks() }
        return source.place(at: min(walk.position, source.bytes.count))
    }

    private struct Walk {
        let bytes: [UInt8]
        var position: Int
        private let quote: UInt8?

        init(bytes: [UInt8], position: Int) {
            self.bytes = bytes
            self.position = position
            let first = position < bytes.count ? bytes[position] : 0
            switch first {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                quote = first
                self.position += 1
            case UInt8(ascii: "|"), UInt8(ascii: ">"):
                quote = nil
                self.position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            default: quote = nil
            }
        }

        private func byte(_ ahead: Int) -> UInt8 {
            position + ahead < bytes.count ? bytes[position + ahead] : 0
        }

        private var isEscape: Bool { quote == UInt8(ascii: "\"") && byte(0) == UInt8(ascii: "\\") }

        mutating func skipBlanks() {
            while position < bytes.count {
                if ScalarSource.isBlank(byte(0)) {
                    position += 1
                } else if isEscape, "ntr \r\n".utf8.contains(byte(1)) {
                    position += 2
                } else {
                    return
                }
            }
        }

        mutating func skipCharacter(width: Int) {
            if isEscape {
                switch byte(1) {
                case UInt8(ascii: "x"): position += 4
                case UInt8(ascii: "u"): position += 6
                case UInt8(ascii: "U"): position += 10
                default: position += 2
                }
            } else if quote == UInt8(ascii: "'"), byte(0) == UInt8(ascii: "'") {
                position += 2
            } else {
                position += width
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func width(of lead: UInt8) -> Int {
        switch lead {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
