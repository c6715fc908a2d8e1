/// Writes header fields into a byte buffer and folds them at 76 columns (RFC 5322, section 2.2.3).
///
/// A field is a row of words; a fold is only ever put before a word, so no folded line is blank, and
/// unfolding gives back the words with single spaces between them.
struct FieldWriter: Sendable {
    /// The longest line that folding leaves when the words allow it.
    static let foldingWidth = 76
    /// The longest line mail may have, without its line break (RFC 5322, section 2.1.1).
    static let lineLimit = 998

    private(set) var bytes: [UInt8] = []
    private(set) var column = 0
    /// Whether a line of the current field passed `lineLimit`.
    private var isTooLong = false

    /// Writes one whole field; nothing of it stays when `body` throws or a line gets too long.
    mutating func field(
        _ name: String, _ body: (inout FieldWriter) throws(HeaderError) -> Void
    ) throws(HeaderError) {
        let start = bytes.count
        isTooLong = false
        bytes.append(contentsOf: name.utf8)
        bytes.append(.colon)
        column = name.utf8.count + 1
        do throws(HeaderError) {
            try body(&self)
            if isTooLong || column > Self.lineLimit { throw .tooLong(header: name) }
        } catch {
            bytes.removeSubrange(start...)
            throw error
        }
        bytes.appendLineBreak()
    }

    /// Writes a word after a space or, where it does not fit, after a fold.
    /// - Parameter suffix: A comma or semicolon that sticks to the word.
    mutating func word(_ word: some Collection<UInt8>, suffix: UInt8? = nil) {
        separate(width: word.count + (suffix == nil ? 0 : 1))
        raw(word)
        if let suffix { raw(CollectionOfOne(suffix)) }
    }

    /// Writes the space or fold before something of `width` columns.
    mutating func separate(width: Int) {
        if column + 1 + width > Self.foldingWidth { fold() } else { raw(CollectionOfOne(.space)) }
    }

    /// Starts a new line of the same field.
    mutating func fold() {
        isTooLong = isTooLong || column > Self.lineLimit
        bytes.appendLineBreak()
        bytes.append(.space)
        column = 1
    }

    /// Writes bytes where the column is.
    mutating func raw(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
        column += text.count
    }
}
