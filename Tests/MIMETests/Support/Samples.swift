import Foundation
import MIME
import TestSupport

/// Texts that customers and attackers write.
enum Samples {
    static let words = [
        "Tere", "Õnneks", "jõululaat", "sündmus", "šokolaad", "punkti",
        "שלום", "נקודות", "קפה", "חג", "שמח",
        "Сәлем", "қаһуа", "ұпай", "үшін", "өнім",
        "สวัสดี", "กาแฟคั่วใหม่", "คะแนน", "ที่", "น้ำ",
        "Koffie", "één", "geïnteresseerd", "Hello", "points", "100%", "=", "=?", "?=", "=?utf-8?q?x?=", "_",
        "a_b",
        "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☕️", "👩🏽‍🍳", "e\u{0301}\u{0302}\u{0323}", "Z\u{0351}\u{036B}\u{0343}", "\"", "\\",
        "\"quoted\"",
        "(comment)", "<b@y>", "a@b.example", ",", ";", ":", ".", "..", "From", "Bcc:", "{{ \"x\" }}",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Lopadotemachoselachogaleokranioleipsanodrimhypotrimmatosilphioparaomelitokatakechymeno",
    ]

    /// How many messages a test makes: the usual number, or 10,000 in the long run of `make long`.
    static func count(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["BOON_LONG"] == "1" ? 10_000 : usual
    }

    /// A line of words; with `spaces` some of them are doubled.
    static func line(_ generator: inout SeededGenerator, upTo count: Int = 14, spaces: Bool = true) -> String
    {
        let chosen = (0..<Int.random(in: 1...count, using: &generator)).map { _ in
            words[Int.random(in: 0..<words.count, using: &generator)]
        }
        let isDoubled = spaces && Int.random(in: 0..<4, using: &generator) == 0
        return chosen.joined(separator: isDoubled ? "  " : " ")
    }

    /// A name as a customer may have one; no blanks around it.
    static func name(_ generator: inout SeededGenerator) -> String { line(&generator, upTo: 5) }

    /// Lines of text with every kind of line that encoders get wrong.
    static func text(_ generator: inout SeededGenerator) -> String {
        var lines: [String] = []
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            switch Int.random(in: 0..<9, using: &generator) {
            case 0: lines.append(".")
            case 1: lines.append("From the roaster ")
            case 2: lines.append(line(&generator) + " \t")
            case 3: lines.append(String(repeating: "x", count: Int.random(in: 70...80, using: &generator)))
            case 4: lines.append(String(repeating: " .", count: Int.random(in: 1...120, using: &generator)))
            case 5: lines.append("--=_0000000000000000.1.")
            case 6: lines.append("")
            default: lines.append(line(&generator, upTo: 60))
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// Bytes as text whose lines end with LF alone, to compare with literals.
func shown(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
}

/// The value of a field that was just written, folds and all.
func written(_ name: String, _ add: (inout Headers) throws -> Void) rethrows -> String {
    var headers = Headers()
    try add(&headers)
    return String(shown(headers.bytes).dropFirst(name.utf8.count + 1).drop { $0 == " " }.dropLast())
}
