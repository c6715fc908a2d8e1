/// What text may stand in a header: the border against header injection and against names that
/// pretend to be other names.
enum HeaderText {
    /// Refuses control characters and strips what nobody sees.
    ///
    /// Bidirectional controls, zero-width and C1 characters go. A zero-width joiner stays where it joins
    /// two emoji, and tag characters stay in a flag, for without them a family falls apart.
    /// - Throws: `HeaderError.controlCharacter` for a byte 00-1F or 7F.
    static func clean(_ text: String, header: String) throws(HeaderError) -> String {
        var position = 0
        var plain = true
        for byte in text.utf8 {
            position += 1
            if byte.isControl { throw .controlCharacter(byte, header: header, position: position) }
            plain = plain && byte.isASCII
        }
        return plain ? text : stripped(text)
    }

    /// The text without what nobody sees; control characters stay.
    static func stripped(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(where: isInvisible) else { return text }
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated()
        where !isInvisible(scalar) || isPartOfEmoji(scalars, index) {
            kept.append(scalar)
        }
        return String(kept)
    }

    /// Characters that take no room or turn the direction, and so can hide what a name says.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F,
            0x200B...0x200F,
            0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }

    private static func isPartOfEmoji(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        switch scalars[index].value {
        case 0x200D:
            // Before the joiner: an emoji, perhaps with its presentation selector.
            let before = scalars[..<index].last { $0.value != 0xFE0F }
            return isEmoji(before) && index + 1 < scalars.count && isEmoji(scalars[index + 1])
        case 0xE0020...0xE007F:
            let base = scalars[..<index].last { !(0xE0020...0xE007F ~= $0.value) }
            return base?.value == 0x1F3F4
        default: return false
        }
    }

    /// Digits count as emoji in Unicode's tables; here they do not.
    private static func isEmoji(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.properties.isEmoji && !$0.isASCII } ?? false
    }
}
