/// The tags of a record: `name=value; name=value` (RFC 6376, section 3.2).
struct DKIMTags {
    private var pairs: [(name: String, value: String)] = []

    init(parsing text: String) throws(DKIMRecordFault) {
        let parts = text.utf8.split(separator: .semicolon, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let tag = Self.trimmed(part)
            // A semicolon after the last tag is allowed.
            if tag.isEmpty, index == parts.count - 1, index > 0 { break }
            guard let equals = tag.firstIndex(of: .equals) else { throw .badTag(String(Substring(tag))) }
            let name = String(Substring(Self.trimmed(tag[..<equals])))
            let isName = name.utf8.first?.isLetter == true
            guard isName, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
            else {
                throw .badTag(String(Substring(tag)))
            }
            guard self[name] == nil else { throw .duplicateTag(name) }
            pairs.append((name, String(Substring(Self.trimmed(tag[equals...].dropFirst())))))
        }
    }

    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    func isFirst(_ name: String) -> Bool { pairs.first?.name == name }

    /// The values of a tag between colons; nil without the tag.
    func list(_ name: String) -> [String]? {
        self[name].map { value in
            value.utf8.split(separator: .colon).map { String(Substring(Self.trimmed($0))) }
        }
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        func isSpace(_ byte: UInt8) -> Bool { byte.isBlank || byte == .carriageReturn || byte == .lineFeed }
        guard let last = text.lastIndex(where: { !isSpace($0) }) else { return text.prefix(0) }
        return text[...last].drop(while: isSpace)
    }
}
