/// The kinds of values that header fields have.
extension FieldWriter {
    /// Free text: `Subject` (RFC 5322, `unstructured`).
    mutating func text(_ text: String) {
        if !text.isEmpty { words(of: text, context: .text) }
    }

    /// Words, of which those that need it are encoded in one run from the first to the last, so that the
    /// spaces between them survive; words before and after stay readable.
    private mutating func words(of text: String, context: EncodedWord.Context) {
        let words = text.utf8.split(separator: .space, omittingEmptySubsequences: false)
        guard var first = words.firstIndex(where: context.needsEncoding),
            var last = words.lastIndex(where: context.needsEncoding)
        else {
            for word in words { self.word(word) }
            return
        }
        // An empty word is only seen together with the words on both sides.
        if words[first].isEmpty, first > 0 { first -= 1 }
        if words[last].isEmpty, last + 1 < words.count { last += 1 }
        for word in words[..<first] { self.word(word) }
        EncodedWord.write(text[words[first].startIndex..<words[last].endIndex], context: context, into: &self)
        for word in words[(last + 1)...] { self.word(word) }
    }

    /// Mailboxes, separated by commas.
    ///
    /// A mailbox whose local part is not ASCII cannot stand in a 7-bit header; it is written as an empty
    /// group that shows it, the downgraded form of RFC 6857, section 3.2.1.
    mutating func mailboxes(_ list: [Mailbox], header: String) throws(HeaderError) {
        guard !list.isEmpty else { throw .empty(header: header) }
        for (index, mailbox) in list.enumerated() {
            let name = try mailbox.name.map { name throws(HeaderError) in
                try HeaderText.clean(name, header: header)
            }
            let comma = index < list.count - 1 ? UInt8.comma : nil
            if mailbox.address.needsSMTPUTF8 {
                let shown = [name, mailbox.address.text].compactMap { $0 }.joined(separator: " ")
                EncodedWord.write(shown[...], context: .phrase, into: &self)
                word(":;".utf8, suffix: comma)
            } else if let name, !name.isEmpty {
                phrase(name)
                word("<\(mailbox.address.text)>".utf8, suffix: comma)
            } else {
                word(mailbox.address.text.utf8, suffix: comma)
            }
        }
    }

    /// A display name: atoms, a quoted string or encoded words, the plainest that holds it.
    mutating func phrase(_ name: String) {
        let needsMore = name.utf8.split(separator: .space, omittingEmptySubsequences: false)
            .contains(where: EncodedWord.Context.phrase.needsEncoding)
        if needsMore, Self.isQuotable(name) {
            word(Self.quoted(name))
        } else {
            words(of: name, context: .phrase)
        }
    }

    /// `; name=value`, by RFC 2231 where the value is long or not ASCII.
    mutating func parameter(_ name: String, _ value: String) {
        raw(CollectionOfOne(.semicolon))
        guard Self.isQuotable(value) else { return extendedParameter(name, value) }
        let isToken = !value.isEmpty && value.utf8.allSatisfy(ByteSet.token.contains)
        word(Array("\(name)=".utf8) + (isToken ? Array(value.utf8) : Self.quoted(value)))
    }

    /// RFC 2231, sections 3 and 4: percent-encoded UTF-8 in numbered pieces, one on a line. A code point
    /// is not torn, for there are readers that decode each piece alone.
    private mutating func extendedParameter(_ name: String, _ value: String) {
        let width = Self.foldingWidth - 10 - name.utf8.count
        var pieces: [[UInt8]] = []
        var piece = Array("utf-8''".utf8)
        for scalar in value.unicodeScalars {
            let unit = Self.percentEncoded(scalar)
            if piece.count + unit.count > width {
                pieces.append(piece)
                piece = []
            }
            piece += unit
        }
        pieces.append(piece)
        for (index, piece) in pieces.enumerated() {
            let label = pieces.count == 1 ? "\(name)*=" : "\(name)*\(index)*="
            word(Array(label.utf8) + piece, suffix: index < pieces.count - 1 ? .semicolon : nil)
        }
    }

    private static func percentEncoded(_ scalar: Unicode.Scalar) -> [UInt8] {
        String(scalar).utf8.flatMap { byte in
            ByteSet.attribute.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), (byte >> 4).hexDigit, byte.hexDigit]
        }
    }

    private static func isQuotable(_ text: String) -> Bool {
        text.utf8.count <= 60 && text.isASCII && !text.utf8.containsEncodedWordStart
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var result: [UInt8] = [.quote]
        for byte in text.utf8 {
            if byte == .quote || byte == .backslash { result.append(.backslash) }
            result.append(byte)
        }
        result.append(.quote)
        return result
    }
}

extension EncodedWord.Context {
    /// Whether a word cannot stand as it is. Empty words mark spaces in a row, which only encoding keeps
    /// together.
    fileprivate func needsEncoding(_ word: Substring.UTF8View) -> Bool {
        if word.isEmpty || word.count > FieldWriter.foldingWidth - 1 || word.containsEncodedWordStart {
            return true
        }
        return self == .text ? !word.allSatisfy(\.isASCII) : !word.allSatisfy(ByteSet.atext.contains)
    }
}

extension Collection<UInt8> {
    /// Whether `=?` occurs, with which lenient readers start to decode wherever it stands.
    fileprivate var containsEncodedWordStart: Bool {
        var previous: UInt8 = 0
        for byte in self {
            if previous == .equals, byte == .question { return true }
            previous = byte
        }
        return false
    }
}
