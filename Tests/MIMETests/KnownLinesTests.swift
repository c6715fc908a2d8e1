import TestSupport
import Testing

@testable import MIME

/// Lines that are encoded already give the same message as lines that are not.
@Suite("Known lines")
struct KnownLinesTests {
    @Test("A text is encoded the same whichever of its lines are known", arguments: 0..<400)
    func sameAsWithout(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let first = Self.lines(&generator)
        var second = first.map { Int.random(in: 0..<4, using: &generator) == 0 ? Self.line(&generator) : $0 }
        if seed.isMultiple(of: 3) { second.shuffle(using: &generator) }
        if seed.isMultiple(of: 5) { second.removeLast(second.count / 2) }
        if seed.isMultiple(of: 7) { second += first }
        let known = KnownLines(of: Array(first.joined().utf8))
        let text = Array(second.joined().utf8)
        #expect(try Self.message(text, known) == Self.message(text, nil))
    }

    @Test("A text of known lines alone has nothing left to encode")
    func nothingNew() throws {
        let text = Array("a = b\n\n.\nFrom here \n“quoted”\n".utf8)
        let pieces = try #require(KnownLines(of: text).pieces(of: text)).pieces
        #expect(pieces.count == 1)
        guard case .known(0..<5) = pieces.first else { return #expect(Bool(false), "\(pieces)") }
    }

    @Test("One line that differs is the only one encoded")
    func oneNew() throws {
        let known = KnownLines(of: Array("Dear Anna,\nhello\nbye\n".utf8))
        let pieces = try #require(known.pieces(of: Array("Dear Mari,\nhello\nbye\n".utf8))).pieces
        guard pieces.count == 2, case .new(0..<11) = pieces[0], case .known(1..<3) = pieces[1] else {
            return #expect(Bool(false), "\(pieces)")
        }
    }

    private static func message(_ text: [UInt8], _ known: KnownLines?) throws -> FinalBytes {
        var headers = Headers()
        try headers.add("From", mailboxes: [Mailbox(parsing: "a@b.example")])
        try headers.add("Date", date: MessageDate(seconds: 0))
        return try Message(headers: headers, body: .html(utf8: text, known: known)).serialized()
    }

    private static func lines(_ generator: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 0..<30, using: &generator)).map { _ in line(&generator) }
    }

    /// Bits that are hard to encode at the ends of lines, and line breaks of all kinds; some lines go on.
    private static func line(_ generator: inout SeededGenerator) -> String {
        let bits = [
            "word ", "=", "\t", " ", ".", "From ", "õ", "שלום", "\u{301}", "\r", "\u{7F}", "0123456789",
        ]
        let text = (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
            bits.randomElement(using: &generator) ?? ""
        }
        return text.joined() + (["\n", "\r\n", "\n", ""].randomElement(using: &generator) ?? "")
    }
}
