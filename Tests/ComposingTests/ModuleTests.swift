import Model
import Testing
import Value

@testable import Composing

@Suite("Modules")
struct ModuleTests {
    /// A module as it is written, and what must be read in both forms.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let yaml: String
        let expected: [String]
        /// Only in the HTML form.
        var html: [String] = []
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "proposition",
            yaml: """
                - proposition:
                    headline: "Fresh & <warm>"
                    subheadline: From Huila
                    paragraph: "One.\\n\\nTwo for {{ customer.first_name }}."
                    image: { src: https://kuldnekohv.example/a.jpg, alt: A drum }
                """, expected: ["From Huila", "One.", "Two for Anna."],
            html: [
                "Fresh &amp; &lt;warm&gt;", "alt=\"A drum\"", "<h1",
                "src=\"https://kuldnekohv.example/a.jpg\"",
            ]),
        Case(
            name: "loyalty", yaml: "- loyalty: { show: [balance, pending, next_reward, expiring, tier] }",
            expected: [
                "Your balance", "Worth €7.25 on your next order", "30\u{A0}beans more on their way",
                "105\u{A0}beans to go: A bag of house coffee", "Use soon", "40\u{A0}beans",
                "Valid until 1 January 2027",
                "Green", "75\u{A0}beans to Gold",
            ], html: [">145</span>", "width=\"58%\""]),
        Case(
            name: "discount with a unique coupon",
            yaml: """
                - motivational:
                    kind: discount
                    percent: 15
                    code: unique
                    valid: 7 days
                    minimum_order: 30 EUR
                    url: https://kuldnekohv.example/shop
                    text: Off everything
                """,
            expected: [
                "Discount", "15", "Off everything", "Valid until 1 December 2026", "On orders from €30.00",
                "https://kuldnekohv.example/shop",
            ]),
        Case(
            name: "offer with a fixed code",
            yaml: """
                - motivational: { kind: offer, code: ADVENT, url: https://kuldnekohv.example/o, text: A cup on us }
                """, expected: ["Special offer", "ADVENT", "A cup on us", "Use it now"]),
        Case(
            name: "demo",
            yaml: """
                - motivational: { kind: demo, valid: 14 days, url: https://kuldnekohv.example/d, text: Two weeks }
                """, expected: ["Try it free", "Start the trial", "Valid until 8 December 2026"]),
        Case(
            name: "knowledge",
            yaml: """
                - knowledge:
                    items:
                      - { kind: article, title: Brewing, url: https://kuldnekohv.example/brew }
                      - { kind: course, title: Latte art, url: https://kuldnekohv.example/c, starts: 2026-12-02 18:00 }
                """,
            expected: [
                "Good to know", "Article", "Brewing", "Latte art", "Wednesday 2 December 2026, 18:00",
            ],
            html: [">2</p>", ">Dec</p>"]),
        Case(
            name: "contest", yaml: "- contest: { contest: free-ticket }",
            expected: [
                "Prize draw", "A free ticket to the coffee fair",
                "Open until Tuesday 15 December 2026, 23:59",
                "Make your choice", "Take part", "https://news.kuldnekohv.example/contest/",
                "No purchase necessary",
                "never a condition",
            ]),
        Case(
            name: "feedback", yaml: "- feedback: { survey: nps }",
            expected: ["Your opinion", "How likely are you to recommend us to a friend?", "Very likely"],
            html: ["?score=0\"", "?score=10\""]),
        Case(
            name: "service", yaml: "- service: { title: Gift wrap?, url: https://kuldnekohv.example/wrap }",
            expected: ["Gift wrap?", "Find out more", "https://kuldnekohv.example/wrap"]),
        Case(
            name: "expert", yaml: "- expert: { name: Mari Maasikas, role: Q-grader, quote: Let it rest. }",
            expected: ["Mari Maasikas", "Q-grader", "Let it rest."], html: ["<blockquote"]),
        Case(
            name: "thanks with points", yaml: "- thanks: { gift: { points: 50 } }",
            expected: ["Thank you, Anna", "50\u{A0}beans from us to you"]),
        Case(
            name: "thanks with a coupon",
            yaml: "- thanks: { gift: { percent: 10, code: MERCI, valid: 30 days, minimum_order: 20 EUR } }",
            expected: [
                "Thank you, Anna", "MERCI", "10", "Valid until 24 December 2026", "On orders from €20.00",
            ]),
        Case(
            name: "pending points without the balance",
            yaml: "- loyalty: { title: On the way, show: [pending] }",
            expected: ["On the way", "30\u{A0}beans more on their way"]),
    ]

    @Test("Every module says in both forms what was written", arguments: cases)
    func bothForms(example: Case) throws {
        let message = try Sample.composer(yaml: "modules:\n" + example.yaml.indented).message()
        for text in example.expected {
            #expect(message.htmlText.contains(text), "\(text) in HTML")
            #expect(message.text.contains(text), "\(text) in \(message.text)")
        }
        for text in example.html { #expect(message.htmlText.contains(text), "\(text) in HTML") }
    }

    @Test("No text is left empty, doubled or unrendered", arguments: cases)
    func clean(example: Case) throws {
        let message = try Sample.composer(yaml: "modules:\n" + example.yaml.indented).message()
        for form in [message.htmlText, message.text] {
            for leftover in ["{{", "{%", "{points}", "{date}", "{name}", "{money}", "{reward}", "{brand}"] {
                #expect(!form.contains(leftover), "\(leftover)")
            }
        }
        #expect(!message.text.contains("\n\n\n"))
    }

    @Test("A unique coupon is one per customer, always the same, and easy to read")
    func coupons() throws {
        let composer = try Sample.composer(
            yaml:
                "modules:\n  - motivational: { kind: discount, percent: 5, code: unique, url: https://x.example, text: T }"
        )
        let first = try composer.message().text
        var other = Sample.customer()
        other.id = "c-2"
        let code = try Sample.signer().coupon(campaign: "test", customer: "c-1042", ordinal: 0)
        #expect(first.contains(code))
        let foreign = try composer.message(for: other).text
        #expect(!foreign.contains(code))
        #expect(code.utf8.count == 9)
        #expect(!code.contains { "01OI".contains($0) })
    }

    @Test("A module can be for a group of customers, once they are measured against each other")
    func measured() throws {
        let yaml =
            "modules:\n  - service: { title: For new ones, url: https://x.example, when: rfm == new }\n"
        #expect(throws: ComposingError.self) { try Sample.composer(yaml: yaml).message() }
        let composer = try Sample.composer(yaml: yaml, rfm: RFMCensus().scales(moneyUnit: 100))
        #expect(try composer.message().text.contains("For new ones"))
    }

    @Test("A module whose condition does not hold is not in the mail")
    func when() throws {
        let composer = try Sample.composer(
            yaml: """
                modules:
                  - service: { title: For Estonia, url: https://x.example, when: country == EE }
                  - service: { title: For Finland, url: https://x.example, when: country == FI }
                  - service: { title: For the rich, url: https://x.example, when: points.available >= 1000 }
                """)
        let message = try composer.message()
        #expect(message.htmlText.contains("For Estonia") && message.text.contains("For Estonia"))
        for absent in ["For Finland", "For the rich"] {
            #expect(!message.htmlText.contains(absent) && !message.text.contains(absent))
        }
    }

    @Test("A customer of whom nothing is known still gets a whole letter")
    func unknownCustomer() throws {
        let customer = Customer(id: "c-9", email: "x@mail.example", consent: .subscribed)
        let message = try Sample.composer("november-thanks").compose(
            for: Recipient(customer: customer), run: Sample.run, now: Sample.now)
        #expect(message.language == "et")
        #expect(message.subject == "Tere, 0\u{A0}uba ja üks suur aitäh")
        #expect(message.htmlText.contains("Aitäh!"))
    }
}

extension String {
    /// Two blanks before every line, so that a list stands under its key.
    fileprivate var indented: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    }
}
