import TestSupport
import Testing

@testable import MIME

@Suite("The relaxed form of RFC 6376")
struct RelaxedFormTests {
    private func field(_ text: String) -> String {
        var output: [UInt8] = []
        RelaxedForm.append(field: Array(text.utf8), to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func body(_ text: String) -> String {
        String(decoding: RelaxedForm.body(Array(text.utf8)[...]), as: UTF8.self)
    }

    @Test(
        "Fields lose folds, capitals of the name and blanks too many",
        arguments: [
            // Section 3.4.5, example 1.
            ("A: X\r\n", "a:X"),
            ("B : Y\t\r\n\tZ  \r\n", "b:Y Z"),
            ("Subject:\r\n =?utf-8?b?w5U=?=\r\n", "subject:=?utf-8?b?w5U=?="),
            ("Subject:Hello : world\r\n", "subject:Hello : world"),
            ("Subject:   \r\n", "subject:"),
            ("Subject\t:\tA\t \tB", "subject:A B"),
        ])
    func fields(field: String, relaxed: String) {
        #expect(self.field(field) == relaxed)
    }

    @Test(
        "Bodies lose blanks too many and the empty lines at their end",
        arguments: [
            // Section 3.4.5, example 1.
            (" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
            ("", ""),
            ("\r\n", ""),
            ("\r\n\r\n \t\r\n", ""),
            ("a", "a\r\n"),
            ("a \t", "a\r\n"),
            ("a\r\n ", "a\r\n"),
            ("\r\n\r\na\r\n", "\r\n\r\na\r\n"),
            ("a\r\n \r\nb\r\n", "a\r\n\r\nb\r\n"),
            ("a  \t  b", "a b\r\n"),
        ])
    func bodies(body: String, relaxed: String) {
        #expect(self.body(body) == relaxed)
    }

    @Test("Doing it twice changes nothing more", arguments: 0..<200 as Range<UInt64>)
    func idempotent(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["a", "b.", " ", "\t", "\r\n", "\r\n"]
        let text = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
        let once = body(text)
        #expect(body(once) == once)
        #expect(!once.hasSuffix("\r\n\r\n"))
        #expect(once.filter { $0 == "a" }.count == text.filter { $0 == "a" }.count)
    }
}
