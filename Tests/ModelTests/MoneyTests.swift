import Testing

@testable import Model

@Suite("Money")
struct MoneyTests {
    @Test(
        "Amounts are read exactly and written with all their decimals",
        arguments: [
            ("12 EUR", 1200, "12.00 EUR"), ("12.5 EUR", 1250, "12.50 EUR"), ("-0.99 eur", -99, "-0.99 EUR"),
            ("1500 JPY", 1500, "1500 JPY"), ("1.005 KWD", 1005, "1.005 KWD"), ("0.07 EUR", 7, "0.07 EUR"),
            ("12.500 EUR", 1250, "12.50 EUR"), ("92233720368547758.07 EUR", .max, "92233720368547758.07 EUR"),
        ] as [(String, Int64, String)])
    func reading(text: String, minor: Int64, written: String) throws {
        let money = try #require(Money(text))
        #expect(money.minor == minor)
        #expect(money.description == written)
    }

    @Test(
        "What is no amount is refused",
        arguments: [
            "", "12", "EUR", "12 EURO", "1,50 EUR", "12. EUR", ".5 EUR", "1.005 EUR", "1.5 JPY", "1e3 EUR",
            "--1 EUR",
            "92233720368547758.08 EUR", "99999999999999999999 EUR", "12 €€€",
        ])
    func refusing(text: String) {
        #expect(Money(text) == nil)
    }

    @Test(
        "A unit has as many minor units as its decimals say",
        arguments: [("EUR", 100), ("JPY", 1), ("KWD", 1000)])
    func units(code: String, expected: Int64) throws {
        #expect(try #require(Currency(code)).minorUnits == expected)
    }

    @Test("Amounts of two currencies and sums past the range do not add up")
    func adding() throws {
        let euro = try #require(Money("1 EUR"))
        let krona = try #require(Money("1 SEK"))
        #expect(euro.adding(krona) == nil)
        #expect(euro.adding(Money(minor: .max, euro.currency)) == nil)
        #expect(euro.adding(euro)?.minor == 200)
    }
}
