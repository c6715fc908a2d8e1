/// Writes rows of comma-separated values (RFC 4180, lines end with CR LF).
struct CSVWriter {
    /// What stands between two values.
    let delimiter: UInt8
    /// What was written since the last `removeAll`.
    private(set) var bytes: [UInt8] = []

    init(delimiter: UInt8 = .comma) {
        self.delimiter = delimiter
    }

    /// Writes one row.
    mutating func write(_ values: [ArraySlice<UInt8>]) {
        // A row of one empty value would be an empty line, which readers skip.
        let isBlankLine = values.count == 1 && values[0].isEmpty
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            write(value, quoted: isBlankLine)
        }
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
    }

    /// Forgets what was written, once it is in the file.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// A value that no spreadsheet runs as a formula: `'` comes before a first byte that begins one, blanks
    /// before it or not (security.md, "CSV formula"), and before `'` too, so that taking one off again always
    /// gives back what was there.
    static func defused(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch value.first(where: { $0 != .blank }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), .tab,
            .carriageReturn,
            .lineFeed, .apostrophe:
            [.apostrophe] + value
        default: value
        }
    }

    private mutating func write(_ value: ArraySlice<UInt8>, quoted: Bool) {
        let isSpecial = value.contains {
            $0 == delimiter || $0 == .quote || $0 == .carriageReturn || $0 == .lineFeed
        }
        guard isSpecial || quoted else {
            bytes.append(contentsOf: value)
            return
        }
        bytes.append(.quote)
        for byte in value {
            if byte == .quote { bytes.append(.quote) }
            bytes.append(byte)
        }
        bytes.append(.quote)
    }
}
