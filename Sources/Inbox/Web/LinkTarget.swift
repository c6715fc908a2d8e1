/// Makes the links of a mail open outside of its frame, without telling where they were clicked.
enum LinkTarget {
    private static let markup = "<base target=\"_blank\"><meta name=\"referrer\" content=\"no-referrer\">"

    /// The HTML with a `base` at the start of its head; unchanged where there is no head.
    static func outside(_ html: String) -> String {
        let bytes = Array(html.utf8)
        guard let head = headEnd(bytes) else { return html }
        return String(decoding: bytes[..<head] + Array(markup.utf8) + bytes[head...], as: UTF8.self)
    }

    /// The position after `<head ...>`.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        let tag = Array("<head".utf8)
        for start in bytes.indices where bytes[start] == tag[0] {
            let after = start + tag.count
            guard after < bytes.count else { return nil }
            let isHead = bytes[start..<after].elementsEqual(tag) { $0 | 0x20 == $1 | 0x20 }
            guard isHead, bytes[after] == UInt8(ascii: ">") || bytes[after] <= 0x20 else { continue }
            return bytes[after...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        }
        return nil
    }
}
