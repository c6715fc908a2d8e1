extension String {
    /// The text as a terminal or a log may have it: what they would obey rather than show is written as JSON writes it,
    /// `\u001b`. Names, replies of relays and files of others say what they like; none of them may colour, move or turn
    /// around what stands beside it, or begin a line that looks like one of ours.
    ///
    /// In a JSON text the result means the same.
    var inert: String {
        guard unicodeScalars.contains(where: \.isObeyed) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.isObeyed { text += scalar.escaped } else { text.unicodeScalars.append(scalar) }
        }
    }

    /// The same line by line: line feeds stay, for text that is meant to have several lines.
    var inertLines: String {
        utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).inert }.joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// Controls (C0, DEL, C1: ECMA-48), separators of lines and paragraphs, and what changes the direction of the text
    /// around it (UAX #9, section 2).
    fileprivate var isObeyed: Bool {
        switch value {
        case 0x20...0x7E: false
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// RFC 8259, section 7. All that is obeyed has four hex digits.
    fileprivate var escaped: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default:
            "\\u" + String(repeating: "0", count: max(0, 4 - String(value, radix: 16).count))
                + String(value, radix: 16)
        }
    }
}
