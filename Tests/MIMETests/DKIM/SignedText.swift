import TestSupport

@testable import MIME

/// A signed message taken apart, to change it as relays and attackers do.
struct SignedText {
    let bytes: [UInt8]
    /// Where the signatures end, and where the body starts.
    private let headerStart: Int
    private let bodyStart: Int

    /// What relaxed signatures bear.
    enum Harmless: CaseIterable { case trace, blanksInBody, emptyLinesAtEnd, nameInCapitals, refolded }

    /// What no signature bears.
    enum Harmful: CaseIterable {
        case fieldOctet, bodyOctet, bodyOctetRemoved, lineAppended, blankInserted, fieldRemoved, secondFrom,
            secondSubject, secondUnsubscribe, addedReplyTo
    }

    init(_ bytes: [UInt8], signatures: Int) {
        self.bytes = bytes
        bodyStart = Self.firstIndex(of: "\r\n\r\n", in: bytes[...]) + 4
        headerStart = Self.firstIndex(of: "\r\nFrom:", in: bytes[...]) + 2
    }

    private static func firstIndex(of text: String, in bytes: ArraySlice<UInt8>) -> Int {
        let text = Array(text.utf8)
        return bytes.indices.first { bytes[$0...].starts(with: text) } ?? bytes.endIndex
    }

    func changed(_ change: Harmless) -> [UInt8] {
        switch change {
        case .trace: replacing(0..<0, with: "Received: by relay.example; now\r\n")
        case .blanksInBody:
            bytes[..<bodyStart]
                + bytes[bodyStart...].flatMap { $0 == .carriageReturn ? [.space, .tab, $0] : [$0] }
        case .emptyLinesAtEnd: replacing(bytes.count..<bytes.count, with: "\r\n \r\n\r\n")
        case .nameInCapitals: replacing(headerStart..<headerStart + 5, with: "FROM:")
        case .refolded: replacing(headerStart..<headerStart + 5, with: "From:\r\n\t ")
        }
    }

    func changed(_ change: Harmful, _ generator: inout SeededGenerator) -> [UInt8] {
        switch change {
        case .fieldOctet: return altered(visible(headerStart..<bodyStart - 4, &generator))
        case .bodyOctet: return altered(visible(bodyStart..<bytes.count, &generator))
        case .bodyOctetRemoved:
            let place = visible(bodyStart..<bytes.count, &generator)
            return replacing(place..<place + 1, with: "")
        case .lineAppended: return replacing(bytes.count..<bytes.count, with: "x\r\n")
        case .blankInserted:
            // Between two visible octets, where there was none.
            let places = (bodyStart + 1..<bytes.count).filter { bytes[$0 - 1] > 0x20 && bytes[$0] > 0x20 }
            let place = places.randomElement(using: &generator) ?? bodyStart
            return replacing(place..<place, with: " ")
        case .fieldRemoved:
            let start = Self.firstIndex(of: "\r\nTo:", in: bytes[...]) + 2
            let end = Self.firstIndex(of: "\r\nSubject:", in: bytes[start...]) + 2
            return replacing(start..<end, with: "")
        case .secondFrom: return replacing(0..<0, with: "From: Bank <bank@example.com>\r\n")
        case .secondSubject: return replacing(0..<0, with: "Subject: Your account\r\n")
        case .secondUnsubscribe:
            return replacing(0..<0, with: "List-Unsubscribe: <https://bank.example/>\r\n")
        case .addedReplyTo: return replacing(0..<0, with: "Reply-To: bank@example.com\r\n")
        }
    }

    /// A visible octet of the range, or its first where there is none. All fields behind the signatures
    /// are signed ones.
    private func visible(_ range: Range<Int>, _ generator: inout SeededGenerator) -> Int {
        range.filter { bytes[$0] > 0x20 }.randomElement(using: &generator) ?? range.lowerBound
    }

    /// With another octet in one place, not the same letter in another case.
    private func altered(_ place: Int) -> [UInt8] {
        replacing(place..<place + 1, with: bytes[place] == UInt8(ascii: "#") ? "%" : "#")
    }

    private func replacing(_ range: Range<Int>, with text: String) -> [UInt8] {
        var result = bytes
        result.replaceSubrange(range, with: text.utf8)
        return result
    }
}
