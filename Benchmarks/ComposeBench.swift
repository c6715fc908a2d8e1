import Composing
import Foundation
import Model

/// A newsletter from templates to final bytes on one core, beside Jinja2 and Python's `email` with the same
/// templates.
enum ComposeBench {
    private static let rounds = 5

    static func run(_ folder: BenchFolder) throws {
        print("compose, HTML and text of 30,000 bytes, 12 fields, one loop, 10 personal links, one core")
        let letter = try BenchLetter()
        let sample = try letter.message(letter.recipients[0])
        let seconds = try time(letter.composer, letter.recipients)
        figure(
            "boon (\(sample.bytes.bytes.count) bytes of \(sample.html.count + sample.plainText.count))",
            1 / seconds,
            "messages/s (goal: 20,000)")
        let worked = try BenchLetter.workedExample()
        figure(
            "boon, worked example with its own templates", 1 / (try time(worked, letter.recipients)),
            "messages/s")
        ratio("compose-to-goal", 1 / seconds / 20_000)

        let data = "\(folder.path)/letter.json"
        try JSONEncoder().encode(PeerLetter(letter)).write(to: URL(filePath: data))
        let peer = Peers.figure("Jinja2 and Python's email", "messages/s") {
            try Peers.measure(try folder.python(), "compose.py", data)
        }
        if let peer { ratio("compose-to-jinja2-email", peer.seconds / seconds) }
    }

    /// The median time of a message, with as many in flight as wait for a relay at a time.
    private static func time(_ composer: Composer, _ recipients: [Recipient]) throws -> Double {
        var flight: [ComposedMessage?] = Array(repeating: nil, count: 64)
        return try medianSeconds(of: rounds) {
            for (number, recipient) in recipients.enumerated() {
                flight[number % flight.count] = try composer.compose(
                    for: recipient, run: BenchLetter.run, now: BenchLetter.now)
            }
        } / Double(recipients.count)
    }
}

/// What messages hold while they wait to be sent, beside the bytes that go on the wire.
enum MemoryBench {
    static func run(_ folder: BenchFolder) throws {
        print("memory of a composed message that waits to be sent")
        let letter = try BenchLetter()
        // Whatever is made once is made before.
        _ = try letter.message(letter.recipients[0])
        var messages: [ComposedMessage] = []
        messages.reserveCapacity(letter.recipients.count)
        let before = try residentBytes()
        for recipient in letter.recipients { messages.append(try letter.message(recipient)) }
        let held = Double(try residentBytes() - before) / Double(messages.count)
        let wire = Double(messages.reduce(0) { $0 + $1.bytes.bytes.count }) / Double(messages.count)
        figure("held per message", held / 1024, "KB")
        figure("on the wire", wire / 1024, "KB")
        ratio("memory-to-wire", held / wire)
    }

    /// Linux counts in pages; the second figure is what is in memory.
    private static func residentBytes() throws -> Int {
        let figures = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        guard figures.count > 1, let pages = Int(figures[1]) else {
            throw BenchError("/proc/self/statm cannot be read")
        }
        return pages * Int(getpagesize())
    }
}

extension BenchLetter {
    func message(_ recipient: Recipient) throws -> ComposedMessage {
        try composer.compose(for: recipient, run: Self.run, now: Self.now)
    }
}

/// The newsletter as the peer reads it: the same templates, and recipients whose points are already summed up.
private struct PeerLetter: Encodable {
    let layoutHTML = BenchLetter.layoutHTML
    let layoutText = BenchLetter.layoutText
    let moduleHTML = BenchLetter.moduleHTML
    let moduleText = BenchLetter.moduleText
    let subject = LetterCampaign.subject
    let now = BenchLetter.now.seconds
    let items = BenchLetter.items
    let customers: [[String: [String: String]]]

    init(_ letter: BenchLetter) {
        customers = letter.recipients.map { recipient in
            let customer = recipient.customer
            return [
                "customer": [
                    "id": customer.id.text, "email": customer.email, "first_name": customer.firstName ?? "",
                    "last_name": customer.lastName ?? "", "city": customer.city ?? "",
                    "country": customer.country ?? "",
                ],
                "points": ["available": "240", "unit": "beans", "pending": "60"],
                "tier": ["name": "gold", "missing": "700"],
                "orders": ["count": "2", "total": "47.00 EUR"],
            ]
        }
    }
}
