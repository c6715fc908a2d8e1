import Model
import Testing

@testable import Composing

@Suite("Variants of an A/B test")
struct VariantTests {
    private static let yaml = """
        preheader: Own words
        test:
          split: 20%
          variants:
            - subject: { en: "A gift for {{ customer.first_name }}", he: מתנה }
            - preheader: Other words
          winner: orders after 1 day
        modules: [{ thanks: { text: Thank you. } }]
        """

    @Test("A variant changes the subject and the preheader that it names, in each language, and nothing else")
    func changes() throws {
        let composer = try Sample.composer(yaml: Self.yaml)
        func message(_ variant: Int?, _ locale: String = "en") throws -> ComposedMessage {
            try composer.compose(
                for: Sample.recipient(Sample.customer(locale)), run: Sample.run, variant: variant,
                now: Sample.now)
        }
        let (own, first, second) = (try message(nil), try message(0), try message(1))
        #expect([own, first, second].map(\.subject) == ["Test", "A gift for Anna", "Test"])
        #expect(try message(0, "he").subject == "מתנה")
        #expect(own.htmlText.contains("Own words") && first.htmlText.contains("Own words"))
        #expect(second.htmlText == own.htmlText.replacing("Own words", with: "Other words"))
        #expect([first, second].allSatisfy { $0.messageID == own.messageID && $0.sender == own.sender })
        #expect(first.plainText == own.plainText)
    }

    @Test("A variant that there is not is the campaign as it is, byte for byte")
    func none() throws {
        let composer = try Sample.composer(yaml: Self.yaml)
        let recipient = try Sample.recipient()
        let own = try composer.compose(for: recipient, run: Sample.run, now: Sample.now)
        for variant in [2, -1] {
            let message = try composer.compose(
                for: recipient, run: Sample.run, variant: variant, now: Sample.now)
            #expect(message.bytes == own.bytes)
        }
    }
}
