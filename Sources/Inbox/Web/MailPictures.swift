import MIME

/// The pictures that a mail carries, which its HTML names by `cid:` (RFC 2392) and a browser needs an address for.
enum MailPictures {
    /// What a browser may be given as a picture; SVG, which can hold scripts, is not among them.
    private static let types: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    /// The HTML with the pictures under addresses of this server. Other `cid:` links stay as they are.
    static func linked(_ html: String, of message: ParsedMessage, number: Int) -> String {
        var places: [String: Int] = [:]
        for (place, part) in message.root.all.enumerated() where types.contains(part.type) {
            if let id = part.contentID { places[id] = place }
        }
        guard !places.isEmpty else { return html }
        let bytes = Array(html.utf8)
        var (result, copied, index): ([UInt8], Int, Int) = ([], 0, 0)
        while let colon = bytes[index...].firstIndex(of: UInt8(ascii: ":")) {
            index = colon + 1
            guard bytes[..<index].suffix(scheme.count).elementsEqual(scheme) else { continue }
            let id = bytes[index...].prefix { !ends.contains($0) && $0 > 0x20 }
            guard let place = places[String(decoding: id, as: UTF8.self)] else { continue }
            result += bytes[copied..<index - scheme.count]
            result += "/messages/\(number)/pictures/\(place)".utf8
            (copied, index) = (id.endIndex, id.endIndex)
        }
        return String(decoding: result + bytes[copied...], as: UTF8.self)
    }

    /// The picture under such an address; nil for every other part.
    static func part(_ place: Int, of message: ParsedMessage) -> ParsedPart? {
        let all = message.root.all
        guard all.indices.contains(place), types.contains(all[place].type) else { return nil }
        return all[place]
    }

    private static let scheme = Array("cid:".utf8)
    /// What ends an address in an attribute or a style.
    private static let ends = Set("\"'()<>".utf8)
}
