/// Character sets in which mail is read.
///
/// UTF-8, ASCII, ISO 8859-1 and -15 and Windows-1252: what Boon writes and what reports about its mail
/// come in. Text in other sets stays bytes.
enum Charset {
    /// - Parameters:
    ///   - bytes: The text.
    ///   - label: The set's name in any case, as a `charset` parameter or an encoded word has it.
    /// - Returns: nil when the set is not known.
    static func decode(_ bytes: some Collection<UInt8>, label: String) -> String? {
        switch label.lowercasedASCII {
        case "utf-8", "utf8", "us-ascii", "ascii", "":
            // Mail that says ASCII and is not is most often UTF-8.
            String(decoding: bytes, as: UTF8.self)
        // As browsers do: what says Latin-1 and has 80-9F is Windows-1252.
        case "iso-8859-1", "latin1", "iso8859-1", "windows-1252", "cp1252": table(bytes, westernEurope)
        case "iso-8859-15", "latin9", "latin-9": table(bytes, latin9)
        default: nil
        }
    }

    private static func table(_ bytes: some Collection<UInt8>, _ special: [UInt8: Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        for byte in bytes { result.append(special[byte] ?? Unicode.Scalar(byte)) }
        return String(result)
    }

    private static let westernEurope: [UInt8: Unicode.Scalar] = [
        0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰",
        0x8A: "Š",
        0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–",
        0x97: "—",
        0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
    ]

    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
