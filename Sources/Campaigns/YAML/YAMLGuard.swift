/// Looks at a file's bytes before the YAML library does, for what must not reach it.
enum YAMLGuard {
    static let aliasMessage = "YAML anchors and aliases are not accepted: write the value out"

    /// - Throws: `YAMLReader.Problem` for characters that YAML does not have and for a bomb of aliases.
    static func check(_ source: SourceText) throws(YAMLReader.Problem) {
        try refuseControls(source)
        try refuseAliases(source)
    }

    /// YAML 1.2.2 section 5.1: printable characters only.
    private static func refuseControls(_ source: SourceText) throws(YAMLReader.Problem) {
        var offset = 0
        for scalar in source.text.unicodeScalars {
            let isPrintable =
                switch scalar.value {
                case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
                default: false
                }
            guard isPrintable else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                throw YAMLReader.Problem(
                    message: "the invisible character \(name) does not belong in YAML", hint: "delete it",
                    offset: offset)
            }
            offset += UTF8.width(scalar)
        }
    }

    /// The library follows aliases while it reads, so ten lines of them can become a billion values. A name
    /// that stands both after `&` and after `*` is refused, wherever: whether it is an anchor would take YAML's
    /// whole grammar to know, and a text that has both, not as an alias, is not worth that.
    private static func refuseAliases(_ source: SourceText) throws(YAMLReader.Problem) {
        let anchors = Set(names(after: UInt8(ascii: "&"), in: source.bytes).map(\.name))
        if anchors.isEmpty { return }
        for alias in names(after: UInt8(ascii: "*"), in: source.bytes) where anchors.contains(alias.name) {
            throw YAMLReader.Problem(message: aliasMessage, offset: alias.offset)
        }
    }

    /// The names, as YAML takes them for anchors, that stand right after a mark.
    private static func names(after mark: UInt8, in bytes: [UInt8]) -> [(name: [UInt8], offset: Int)] {
        bytes.indices.filter { bytes[$0] == mark }.compactMap { index in
            let name = bytes[(index + 1)...].prefix { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
            return name.isEmpty ? nil : (Array(name), index)
        }
    }
}
