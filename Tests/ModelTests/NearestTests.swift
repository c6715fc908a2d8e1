import Testing

@testable import Model

@Suite("The nearest known word")
struct NearestTests {
    @Test(
        "One slip is forgiven, another word is not",
        arguments: [
            ("audiance", "audience"), ("subjcet", "subject"), ("Languages", "languages"),
            ("moduls", "modules"),
        ])
    func near(written: String, meant: String) {
        #expect(Nearest.word(to: written, among: ["audience", "subject", "languages", "modules"]) == meant)
    }

    @Test("A word that is like nothing gets the list of known ones")
    func far() {
        #expect(Nearest.hint(for: "zzz", among: ["one", "two"], called: "keys") == "known keys: one, two")
    }

    @Test("Swapped neighbours count as one edit")
    func swap() {
        #expect(Nearest.distance("ab", "ba") == 1)
        #expect(Nearest.distance("", "abc") == 3)
    }
}
