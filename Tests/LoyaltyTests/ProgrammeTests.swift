import Model
import Testing

@testable import Loyalty

@Suite("Programme values")
struct ProgrammeTests {
    @Test(
        "Decimals are read exactly and written as they need",
        arguments: [
            ("1.25", 1_250_000, "1.25"), ("2", 2_000_000, "2"), ("0.008", 8000, "0.008"),
            ("2.50", 2_500_000, "2.5"),
            ("999999.999999", 999_999_999_999, "999999.999999"), ("0.000001", 1, "0.000001"), ("0", 0, "0"),
        ] as [(String, Int64, String)])
    func decimals(text: String, millionths: Int64, written: String) throws {
        let number = try #require(FixedDecimal(text))
        #expect(number.millionths == millionths)
        #expect(number.description == written)
    }

    @Test(
        "What is no such decimal is refused",
        arguments: [
            "", ".", "1.", ".5", "-1", "+1", "1,5", "1.2.3", "1000000", "0.0000001", "1e3", "١", " 1",
        ])
    func refusedDecimals(text: String) {
        #expect(FixedDecimal(text) == nil)
    }

    @Test("Texts keep the order in which they were written")
    func texts() {
        var text: LocalText = ["et": "uba", "en": "bean"]
        text[language: "he"] = "פול"
        text[language: "et"] = "oad"
        #expect(text.versions.map(\.language) == ["et", "en", "he"])
        #expect(text[language: "et"] == "oad" && text[language: "nl"] == nil)
        text[language: "en"] = nil
        text[language: "nl"] = nil
        #expect(text.versions.map(\.language) == ["et", "he"])
    }

    @Test("Rates that are not above zero are no rates")
    func rates() throws {
        let euro = try Fixture.money("1 EUR")
        let nothing = Money(minor: 0, euro.currency)
        #expect(PurchaseRule(per: nothing, points: 1) == nil)
        #expect(PurchaseRule(per: euro, points: 0) == nil)
        #expect(PayRule(points: 0, worth: euro) == nil)
        #expect(PayRule(points: 1, worth: nothing) == nil)
        #expect(PayRule(points: 1, worth: euro, minimum: -1) == nil)
    }
}
