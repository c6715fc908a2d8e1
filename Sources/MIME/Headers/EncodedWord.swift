/// Encoded words: text outside ASCII in a header (RFC 2047).
///
/// B or Q, whichever is shorter for the whole text, and B where a cluster is too long for Q; each word at most
/// 75 octets; a word ends between two grapheme clusters wherever the cluster fits into a word, and never inside
/// a code point.
enum EncodedWord {
    /// Where a word stands decides what may stay unencoded in it.
    enum Context {
        /// `Subject` and other free text.
        case text
        /// The display name of a mailbox.
        case phrase

        var literals: ByteSet { self == .text ? .textWord : .phraseWord }
    }

    /// The longest encoded word, with its delimiters (RFC 2047, section 2).
    static let limit = 75
    /// `=?utf-8?q?` and `?=`.
    fileprivate static let frame = 12

    fileprivate enum Scheme {
        case base64
        case quoted(ByteSet)

        /// The shorter of both for the text; Q when they are equal, as it can be read.
        init(for text: Substring, context: Context) {
            let quoted = Scheme.quoted(context.literals)
            self = quoted.length(of: text.utf8) <= Scheme.base64.length(of: text.utf8) ? quoted : .base64
        }

        /// Whether a word of the whole text has at most `room` columns.
        func fits(_ text: Substring, room: Int) -> Bool {
            text.utf8.count + frame <= room && length(of: text.utf8) + frame <= room
        }

        func length(of bytes: some Collection<UInt8>) -> Int {
            switch self {
            case .base64: (bytes.count + 2) / 3 * 4
            case .quoted(let literals):
                bytes.reduce(0) { $0 + (literals.contains($1) || $1 == .space ? 1 : 3) }
            }
        }
    }

    /// Writes text as one or more encoded words.
    static func write(_ text: Substring, context: Context, into writer: inout FieldWriter) {
        let preferred = Scheme(for: text, context: context)
        var rest = text
        while !rest.isEmpty {
            var scheme = preferred
            var room = min(limit, FieldWriter.foldingWidth - writer.column - 1)
            // A name in one word is worth a line of its own: many readers show a space between words.
            if context == .phrase, scheme.fits(rest, room: limit), !scheme.fits(rest, room: room) { room = 0 }
            var chunk = prefix(of: rest, scheme, room: room)
            if chunk.isEmpty, prefix(of: rest, scheme, room: limit).isEmpty {
                // Too long for any word in Q, as flags are; in B it may fit, and even on this line. A subject that
                // starts on the second line has a blank before it in some readers.
                scheme = .base64
                chunk = prefix(of: rest, scheme, room: room)
            }
            if chunk.isEmpty {
                // Not even one cluster fits on this line; on a fresh one at least a code point does.
                writer.fold()
                chunk = prefix(of: rest, scheme, room: limit)
                if chunk.isEmpty { chunk = scalarPrefix(of: rest, scheme) }
            } else {
                writer.raw(CollectionOfOne(.space))
            }
            writer.encoded(chunk.utf8, scheme)
            rest = rest[chunk.endIndex...]
        }
    }

    /// As many grapheme clusters as fit into a word of `room` columns.
    private static func prefix(of text: Substring, _ scheme: Scheme, room: Int) -> Substring {
        if scheme.fits(text, room: room) { return text }
        var end = text.startIndex
        while end < text.endIndex {
            let next = text.index(after: end)
            guard scheme.fits(text[..<next], room: room) else { break }
            end = next
        }
        return text[..<end]
    }

    /// As many code points as fit into a whole word: the way out for a cluster longer than a word.
    private static func scalarPrefix(of text: Substring, _ scheme: Scheme) -> Substring {
        var end = text.startIndex
        while end < text.endIndex {
            let next = text.unicodeScalars.index(after: end)
            guard scheme.fits(text[..<next], room: limit) else { break }
            end = next
        }
        return text[..<end]
    }
}

extension FieldWriter {
    fileprivate mutating func encoded(_ bytes: Substring.UTF8View, _ scheme: EncodedWord.Scheme) {
        var word: [UInt8] = []
        word.reserveCapacity(EncodedWord.limit + 1)
        switch scheme {
        case .base64:
            word.append(ascii: "=?utf-8?b?")
            Base64.append(Array(bytes), to: &word)
        case .quoted(let literals):
            word.append(ascii: "=?utf-8?q?")
            for byte in bytes {
                if byte == .space {
                    word.append(UInt8(ascii: "_"))
                } else if literals.contains(byte) {
                    word.append(byte)
                } else {
                    word.append(.equals)
                    word.append((byte >> 4).hexDigit)
                    word.append(byte.hexDigit)
                }
            }
        }
        word.append(ascii: "?=")
        raw(word)
    }
}
