/// Takes addresses out of a relay's words, for only the customers' store may hold any.
///
/// Every word with an `@` goes, and the recipient's local part (also without its `+` suffix) wherever it
/// stands as a word of its own. The price: a local part like `user` takes that word out of the reply too.
struct AddressHiding {
    private let localParts: [[UInt8]]

    static let placeholder = Array("[address]".utf8)

    /// - Parameter recipient: The address that the reply is about.
    init(recipient: String) {
        let local =
            recipient.utf8.lastIndex(of: UInt8(ascii: "@")).map { recipient.utf8[..<$0] }
            ?? recipient.utf8[...]
        let base = local.prefix { $0 != UInt8(ascii: "+") }
        localParts = [local, base].filter { !$0.isEmpty }.map { $0.map(Self.lowercased) }
    }

    /// The text without addresses.
    func hidden(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var rest = text[...]
        while !rest.isEmpty {
            let word = rest.prefix(while: Self.isAddressByte)
            result.append(
                contentsOf: word.contains(UInt8(ascii: "@")) ? Self.placeholder : withoutLocalPart(word))
            rest = rest.dropFirst(word.count)
            if let separator = rest.popFirst() { result.append(separator) }
        }
        return result
    }

    /// Inside a word the local part may stand between other signs: `kadri=shop.example`, `'kadri'`.
    private func withoutLocalPart(_ word: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var position = word.startIndex
        while position < word.endIndex {
            let startsHere = position == word.startIndex || !Self.isWordByte(word[position - 1])
            if startsHere, let end = localParts.lazy.compactMap({ end(of: $0, in: word[position...]) }).first
            {
                result.append(contentsOf: Self.placeholder)
                position = end
            } else {
                result.append(word[position])
                position += 1
            }
        }
        return result
    }

    private func end(of local: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.prefix(local.count).lazy.map(Self.lowercased).elementsEqual(local) else { return nil }
        let end = text.startIndex + local.count
        return end == text.endIndex || !Self.isWordByte(text[end]) ? end : nil
    }

    /// What an address can hold unquoted, and what surrounds none.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
            UInt8(ascii: "\""):
            false
        default: true
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let lower = lowercased(byte)
        return byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7A)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}
