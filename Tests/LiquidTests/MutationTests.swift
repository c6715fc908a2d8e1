import Liquid
import TestSupport
import Testing

/// Random damage to templates. Whatever comes out, parsing and rendering end, with a result or an error.
@Suite("Damaged templates")
struct MutationTests {
    static let seeds = (LanguageTests.cases + FilterTests.cases + EscapingTests.cases + LimitsTests.cases)
        .map(\.template)

    static let pieces = [
        "{{", "}}", "{%", "%}", "{%-", "-%}", "|", ":", ",", ".", "..", "[", "]", "(", ")", "'", "\"", "-",
        "==", "<>",
        " contains ", "and", "or", "nil", "blank", "empty", "forloop", "parentloop", "for", "endfor", "raw",
        "comment",
        "endcomment", "liquid", "\n", "9223372036854775807", "-9223372036854775808", "99999999999999999999",
        "0", "-1",
        "1.5", "{% include 'p' %}", "{% break %}", "{% else %}", "continue", "offset: ", "limit: ",
        "date: '%s%z%L%99N'",
        "slice: -1, 9223372036854775807", "round: -9223372036854775807", "reversed", "õ", "\u{0}",
    ]

    @Test("No damage makes parsing or rendering trap or hang", arguments: 0..<8)
    func damage(part: Int) throws {
        var randomness = SeededGenerator(seed: UInt64(part) &+ 2026)
        let partials = [
            "p": "{{ x }}{% assign y = x %}{{ forloop.index }}{% continue %}", "row": "{{ row }}",
        ]
        let environment = Environment(
            escaping: part % 2 == 0 ? .html : .none,
            limits: Limits(outputBytes: 20_000, steps: 20_000, depth: 40)
        ) { partials[$0] }
        let scope = Scope([Fields(LanguageTests.data + FilterTests.data + EscapingTests.data)], now: testTime)
        var rendered = 0
        for _ in 0..<2_500 {
            let source = damaged(&randomness)
            guard let template = try? Template(parsing: source, name: "m", environment: environment) else {
                continue
            }
            if (try? template.render(scope: scope)) != nil { rendered += 1 }
        }
        #expect(rendered > 0)
    }

    private func pick(_ list: [String], _ randomness: inout SeededGenerator) -> String {
        list[Int.random(in: 0..<list.count, using: &randomness)]
    }

    private func damaged(_ randomness: inout SeededGenerator) -> String {
        var bytes = Array(pick(Self.seeds, &randomness).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &randomness) {
            let place = Int.random(in: 0...bytes.count, using: &randomness)
            switch Int.random(in: 0..<5, using: &randomness) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &randomness)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: pick(Self.pieces, &randomness).utf8, at: place)
            case 3:
                let other = Array(pick(Self.seeds, &randomness).utf8)
                bytes.replaceSubrange(
                    place..., with: other.suffix(Int.random(in: 0...other.count, using: &randomness)))
            default:
                let end = Int.random(in: place...bytes.count, using: &randomness)
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
