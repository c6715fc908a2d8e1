/// Reads a value with parameters: `text/plain; charset=utf-8` (RFC 2045, section 5.1, and RFC 2231).
struct ParameterReader {
    /// What stands before the first semicolon, in lower case.
    let value: String
    /// The parameters by lower-case name, decoded; of two with one name the first counts.
    let parameters: [String: String]

    /// One `name=value`, `name*=value`, `name*2=value` or `name*2*=value`.
    private struct Piece {
        /// The number of the section; nil for a whole value.
        var section: Int?
        /// Whether the value is percent-encoded.
        var isExtended: Bool
        var bytes: [UInt8]
    }

    init(_ bytes: [UInt8]) {
        var scanner = Scanner(bytes: bytes)
        value = String(decoding: scanner.value(), as: UTF8.self).trimmingBlanks.lowercasedASCII
        var pieces: [String: [Piece]] = [:]
        var left = 200
        while left > 0, let (label, value) = scanner.next() {
            left -= 1
            let marks = label.split(separator: "*", omittingEmptySubsequences: false)
            let piece = Piece(
                section: marks.count > 1 ? Int(marks[1]) : nil,
                isExtended: marks.count > 1 && marks.last == "",
                bytes: value)
            pieces[String(marks[0]).lowercasedASCII, default: []].append(piece)
        }
        parameters = pieces.mapValues(Self.join)
    }

    private static func join(_ pieces: [Piece]) -> String {
        // Beside an extended value writers put a plain one for old readers; the extended one is right.
        let sections = pieces.filter { $0.isExtended || $0.section != nil }
            .sorted { ($0.section ?? 0) < ($1.section ?? 0) }
        guard !sections.isEmpty else { return EncodedWordReader.decode(pieces.first?.bytes ?? []) }
        var octets: [UInt8] = []
        var charset = "utf-8"
        for (expected, piece) in sections.enumerated() {
            guard (piece.section ?? 0) == expected else { break }
            var bytes = piece.bytes[...]
            if piece.isExtended, expected == 0 { charset = takeCharset(from: &bytes) }
            octets += piece.isExtended ? percentDecoded(bytes) : Array(bytes)
        }
        return Charset.decode(octets, label: charset) ?? String(decoding: octets, as: UTF8.self)
    }

    /// Takes `charset'language'` off the front.
    private static func takeCharset(from bytes: inout ArraySlice<UInt8>) -> String {
        let quote = UInt8(ascii: "'")
        guard let first = bytes.firstIndex(of: quote),
            let second = bytes[(first + 1)...].firstIndex(of: quote)
        else {
            return "utf-8"
        }
        defer { bytes = bytes[(second + 1)...] }
        return String(decoding: bytes[..<first], as: UTF8.self)
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = bytes[index + 1].hexValue,
                let low = bytes[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

extension ParameterReader {
    /// Takes the value apart at its semicolons, quotes and comments heeded.
    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func value() -> ArraySlice<UInt8> {
            let end = bytes.firstIndex { $0 == .semicolon || $0 == UInt8(ascii: "(") } ?? bytes.count
            position = end
            return bytes[..<end]
        }

        mutating func next() -> (String, [UInt8])? {
            while let semicolon = bytes[position...].firstIndex(of: .semicolon) {
                position = semicolon + 1
                let nameEnd =
                    bytes[position...].firstIndex { $0 == .equals || $0 == .semicolon } ?? bytes.count
                guard nameEnd < bytes.count, bytes[nameEnd] == .equals else { continue }
                let name = String(decoding: bytes[position..<nameEnd], as: UTF8.self).trimmingBlanks
                position = nameEnd + 1
                while position < bytes.count, bytes[position].isBlank { position += 1 }
                let value = position < bytes.count && bytes[position] == .quote ? quoted() : token()
                if !name.isEmpty { return (name, value) }
            }
            return nil
        }

        private mutating func token() -> [UInt8] {
            let end = bytes[position...].firstIndex { $0 == .semicolon || $0.isBlank } ?? bytes.count
            defer { position = end }
            return Array(bytes[position..<end])
        }

        private mutating func quoted() -> [UInt8] {
            var result: [UInt8] = []
            position += 1
            while position < bytes.count, bytes[position] != .quote {
                if bytes[position] == .backslash, position + 1 < bytes.count { position += 1 }
                result.append(bytes[position])
                position += 1
            }
            return result
        }
    }
}
