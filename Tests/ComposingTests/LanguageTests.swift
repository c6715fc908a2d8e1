import Campaigns
import Foundation
import Liquid
import Model
import Testing

@testable import Composing

@Suite("Languages")
struct LanguageTests {
    static let campaigns = ["november-thanks", "winter-warmers", "brewing-letter", "coffee-fair"]

    @Test(
        "Every worked campaign speaks each of the six languages and fits", arguments: campaigns,
        Sample.languages)
    func sixLanguages(campaign: String, language: String) throws {
        let message = try Sample.composer(campaign).message(for: Sample.customer(language))
        #expect(message.language == language)
        let direction = language == "he" ? "rtl" : "ltr"
        #expect(message.htmlText.contains("<html lang=\"\(language)\" dir=\"\(direction)\""))
        #expect(message.html.count < 40_000, "\(message.html.count) bytes")
        #expect(message.warnings.isEmpty)
        let words = try Wording(language, from: Repository.templates, fallback: nil)
        guard case .object(let texts) = words.words else { return }
        #expect(message.text.contains(try #require(texts.field("unsubscribe")).text))
        #expect(message.htmlText.contains(try #require(texts.field("view_in_browser")).text))
    }

    @Test("A letter in Hebrew mirrors what has a side")
    func rightToLeft() throws {
        let composer = try Sample.composer("brewing-letter")
        let (hebrew, english) = (
            try composer.message(for: Sample.customer("he")).htmlText, try composer.message().htmlText
        )
        #expect(hebrew.contains("text-align:right") && !hebrew.contains("text-align:left"))
        #expect(english.contains("text-align:left") && !english.contains("text-align:right;"))
        #expect(hebrew.contains("&larr;") && !hebrew.contains("&rarr;"))
        #expect(hebrew.ranges(of: "dir=\"rtl\"").count > 5)
    }

    @Test(
        "The customer's locale chooses the language, the campaign's first is the default",
        arguments: [("nl-BE", "nl"), ("he_IL", "he"), ("fi", "et"), (nil, "et"), ("EN-gb", "en")]
            as [(String?, String)])
    func choice(locale: String?, expected: String) throws {
        var customer = Sample.customer()
        customer.locale = locale
        #expect(try Sample.composer("november-thanks").message(for: customer).language == expected)
    }

    @Test("Each language has the same words, and its own months and weekdays", arguments: Sample.languages)
    func complete(language: String) throws {
        let source = try #require(Repository.files["templates/words/\(language).txt"])
        let english = KeyedText(parsing: try #require(Repository.files["templates/words/en.txt"]), file: "en")
        let file = KeyedText(parsing: source, file: language)
        #expect(file.diagnostics.isEmpty)
        #expect(Set(file.texts.keys).subtracting(["year_offset"]) == Set(english.texts.keys))
        for (name, text) in english.texts {
            let slots = { (text: String) in Set(text.matches(of: /\{[a-z]+\}/).map { String($0.output) }) }
            #expect(slots(file.texts[name] ?? "") == slots(text), "\(name)")
        }
        let lists = [("months", 12), ("months_short", 12), ("weekdays", 7), ("weekdays_short", 7)]
        for (name, count) in lists {
            #expect(file.texts[name]?.split(separator: ", ").count == count, "\(name)")
        }
    }

    /// What a filter makes of a value in each language.
    static let formats: [(String, String, String)] = [
        ("en", "{{ 1234567 | points }}", "1,234,567\u{A0}beans"), ("en", "{{ 1 | points }}", "1\u{A0}bean"),
        ("et", "{{ 1234 | points }}", "1\u{A0}234\u{A0}uba"),
        ("nl", "{{ 1234 | points: 'number' }}", "1.234"),
        ("he", "{{ 1 | points }}", "1\u{A0}פול"), ("th", "{{ 2 | points }}", "2\u{A0}เมล็ด"),
        ("en", "{{ 12.5 | money }}", "€12.50"), ("et", "{{ '1234.5 EUR' | money }}", "1\u{A0}234,50\u{A0}€"),
        ("nl", "{{ '-3 USD' | money }}", "\u{2212}$\u{A0}3,00"),
        ("kk", "{{ '1500 KZT' | money }}", "1\u{A0}500,00\u{A0}₸"),
        ("en", "{{ '500 JPY' | money }}", "¥500"), ("en", "{{ nothing | money }}", ""),
        ("en", "{{ '2026-12-02 18:00' | date: 'full' }}", "Wednesday 2 December 2026, 18:00"),
        ("et", "{{ '2026-12-02 18:00' | date: 'full' }}", "kolmapäev, 2. detsember 2026 kell 18:00"),
        ("he", "{{ '2026-12-02' | date: 'long' }}", "2 בדצמבר 2026"),
        ("kk", "{{ '2026-12-02' | date: 'long' }}", "2026 ж. 2 желтоқсан"),
        ("th", "{{ '2026-12-02' | date: 'long' }}", "2 ธันวาคม 2569"),
        ("nl", "{{ '2026-12-02' | date: '%A %-d %b %Y 100%%' }}", "woensdag 2 dec 2026 100%"),
        ("en", "{{ now | date: '%Y' }}", "2026"), ("en", "{{ 'soon' | date: '%Y' }}", "soon"),
    ]

    @Test("Money, points and dates are written as the language writes them", arguments: formats)
    func filters(language: String, source: String, expected: String) throws {
        let wording = try Wording(language, from: Repository.templates, fallback: nil)
        let programme = try #require(Repository.definitions.programme)
        let unit = PointsScope(programme: programme, language: language, fallback: "en").unit
        let euro = try #require(Currency("EUR"))
        let filters = MessageFilters(wording: wording, unit: unit, currency: euro).all
        let template = try Template(
            parsing: source, name: "test", environment: Environment(escaping: .none, filters: filters))
        let layer = Fields([("now", "2026-11-24 08:00")])
        #expect(try template.render(scope: Scope([layer], now: 1_795_500_000)) == expected)
    }

    @Test("A language without words of its own is written in English words, from left or right as it is")
    func unknownLanguage() throws {
        let english = try Wording("en", from: Repository.templates, fallback: nil)
        let finnish = try Wording("fi-FI", from: Repository.templates, fallback: english)
        #expect(finnish.names == english.names && finnish.numbers.decimal == english.numbers.decimal)
        #expect("ar-EG".isRightToLeft && "he".isRightToLeft && !"fi".isRightToLeft)
        #expect(throws: TemplateFileError.self) {
            try Wording("fi", from: Repository.templates, fallback: nil)
        }
    }
}
