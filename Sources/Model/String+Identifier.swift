extension StringProtocol {
    /// Whether the text can be an identifier of a workspace's files: 1 to 64 letters of ASCII, digits, `-` and `_`,
    /// the first of them a letter or a digit.
    package var isIdentifier: Bool {
        guard let first = utf8.first, utf8.count <= 64 else { return false }
        return first != UInt8(ascii: "-") && first != UInt8(ascii: "_") && utf8.allSatisfy(\.isOfIdentifiers)
    }
}

extension UInt8 {
    fileprivate var isOfIdentifiers: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
