/// The kinds of values that header fields have.
extension FieldWriter {
    /// Free text: `Subject` (RFC 5322, `unstructured`).
    ///
    /// What must be encoded is encoded in one run from the first to the last such word, so that the
    /// spaces between them survive; words before and after stay readable.
    mutating func text(_ text: String) {
        var words = text.utf8.split(separator: .space, omittingEmptySubsequences: false)
        if words.count == 1, words[0].isEmpty { return }
        guard let first = words.firstIndex(where: Self.needsEncoding),
            let last = words.lastIndex(where: Self.needsEncoding)
        else {
            for word in words { self.word(word) }
            return
        }
        for word in words[..<first] { self.word(word) }
        EncodedWord.write(text[words[first].startIndex..<words[last].endIndex], context: .text, into: &self)
        words.removeSubrange(...last)
        for word in words { self.word(word) }
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
        let words = name.utf8.split(separator: .space, omittingEmptySubsequences: false)
        if words.contains(where: Self.needsEncoding) && !Self.isQuotable(name) {
            EncodedWord.write(name[...], context: .phrase, into: &self)
        } else if words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ByteSet.atext.contains) }) {
            for word in words { self.word(word) }
        } else if Self.isQuotable(name) {
            word(Self.quoted(name))
        } else {
            EncodedWord.write(name[...], context: .phrase, into: &self)
        }
    }

    /// `; name=value`, by RFC 2231 where the value is long or not ASCII.
    mutating func parameter(_ name: String, _ value: String) {
        raw(CollectionOfOne(.semicolon))
        let bytes = Array(value.utf8)
        if bytes.allSatisfy({ $0.isASCII }), bytes.count + name.utf8.count < 66 {
            let isToken = !bytes.isEmpty && bytes.allSatisfy(ByteSet.token.contains)
            word(Array("\(name)=".utf8) + (isToken ? bytes : Self.quoted(value)))
            return
        }
        extendedParameter(name, bytes)
    }

    /// RFC 2231, sections 3 and 4: percent-encoded UTF-8 in numbered pieces, one on a line.
    private mutating func extendedParameter(_ name: String, _ bytes: [UInt8]) {
        var pieces: [[UInt8]] = [Array("utf-8''".utf8)]
        for byte in bytes {
            let unit =
                ByteSet.attribute.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), (byte >> 4).hexDigit, byte.hexDigit]
            if pieces[pieces.count - 1].count + unit.count > Self.foldingWidth - 10 - name.utf8.count {
                pieces.append([])
            }
            pieces[pieces.count - 1].append(contentsOf: unit)
        }
        for (index, piece) in pieces.enumerated() {
            let label = pieces.count == 1 ? "\(name)*=" : "\(name)*\(index)*="
            word(Array(label.utf8) + piece, suffix: index < pieces.count - 1 ? .semicolon : nil)
        }
    }

    /// Empty words mark spaces in a row, which only encoding keeps together.
    private static func needsEncoding(_ word: Substring.UTF8View) -> Bool {
        var previous: UInt8 = 0
        for byte in word {
            if !byte.isASCII || (byte == .question && previous == .equals) { return true }
            previous = byte
        }
        return word.isEmpty || word.count > foldingWidth - 1
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

extension String.UTF8View {
    /// Whether `=?` occurs, with which lenient readers start to decode wherever it stands.
    fileprivate var containsEncodedWordStart: Bool {
        zip(self, dropFirst()).contains { $0 == .equals && $1 == .question }
    }
}
