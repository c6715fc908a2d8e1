import GRDB

extension Row {
    /// The value in a column that holds one word of a list.
    /// - Parameter name: what the word is, for whoever reads the error, `a customer's consent`.
    /// - Throws: `StoreError.index` for any other word.
    func word<Word: RawRepresentable<String>>(_ column: String, named name: String) throws -> Word {
        let text: String = self[column]
        guard let word = Word(rawValue: text) else { throw StoreError.index(reason: "\(name) is '\(text)'") }
        return word
    }
}
