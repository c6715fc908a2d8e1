import Foundation
import MIME
import Model
import Testing

@testable import Composing

@Suite("Threats")
struct SafetyTests {
    @Test(
        "A name from outside is text: no new attribute, no element, no template",
        arguments: [
            "\"\u{301} onmouseover=alert(1)", "<script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
            "{{ customer.email }}", "{% for i in (1..9999999) %}x{% endfor %}", "Tom & Jerry",
        ])
    func names(name: String) throws {
        let message = try Sample.composer("november-thanks").message(
            for: Sample.customer("en", firstName: name))
        let harmless = try Sample.composer("november-thanks").message(
            for: Sample.customer("en", firstName: "Anna"))
        for sign in ["<", ">", "\""] {
            let count = { (text: String) in text.utf8.filter { $0 == sign.utf8.first }.count }
            #expect(count(message.htmlText) == count(harmless.htmlText), "\(sign)")
        }
        #expect(message.subject.hasPrefix(name))
        #expect(message.text.contains("Thank you, \(name)"))
    }

    @Test(
        "A name with a line break or a control character never reaches the wire",
        arguments: ["A\r\nBcc: v@x", "A\nBcc: v@x", "A\rBcc: v@x", "A\u{0}B", "A\u{7F}"])
    func headerInjection(name: String) throws {
        let error = try #require(throws: ComposingError.self) {
            try Sample.composer("november-thanks").message(for: Sample.customer("en", firstName: name))
        }
        #expect(error.isAboutRecipient)
    }

    @Test("A name that turns the direction or hides in no room is not in the subject, neither sent nor shown")
    func hiddenCharacters() throws {
        let message = try Sample.composer("november-thanks").message(
            for: Sample.customer("en", firstName: "Eve\u{202E}m\u{200B}\u{2069}"))
        #expect(message.subject.hasPrefix("Evem,"), "\(message.subject)")
        #expect(ParsedMessage(message.bytes.bytes).headers.text("Subject") == message.subject)
    }

    @Test(
        "An address that is more than an address is refused",
        arguments: ["b@y>\r\nRCPT TO:<v@z", "b@y.example\r\n", "b", "<b@y.example>"])
    func envelopeInjection(address: String) throws {
        var customer = Sample.customer()
        customer.email = address
        let error = try #require(throws: ComposingError.self) {
            try Sample.composer("november-thanks").message(for: customer)
        }
        #expect(error.isAboutRecipient)
    }

    @Test("A dot on a line of its own in a text ends no message, and all breaks are CRLF")
    func smuggling() throws {
        let composer = try Sample.composer(
            yaml: "modules:\n  - expert: { name: X, quote: \"a\\n.\\nMAIL FROM:<e@x>\" }")
        let bytes = try composer.message().bytes.bytes
        for (index, byte) in bytes.enumerated() {
            let (before, after) = (
                index > 0 ? bytes[index - 1] : 0, index + 1 < bytes.count ? bytes[index + 1] : 0
            )
            #expect(byte != 0x0A || before == 0x0D)
            #expect(byte != 0x0D || after == 0x0A)
        }
    }

    @Test("A template that never ends stops with the name of its file and the line")
    func endlessLoop() throws {
        let loop = "{% for a in (1..9999) %}\n{% for b in (1..9999) %}x{% endfor %}{% endfor %}"
        let composer = try Sample.composer(
            yaml: "modules:\n  - service: { title: T, url: https://x.example }",
            templates: ["templates/modules/service.html.liquid": loop])
        let error = try #require(throws: ComposingError.self) { try composer.message() }
        #expect(!error.isAboutRecipient)
        #expect(error.description.hasPrefix("built-in templates/modules/service.html.liquid:2:"), "\(error)")
    }

    @Test("A token opens only what it was made for, and only as it was made")
    func tokens() throws {
        let signer = try Sample.signer()
        let claim = LinkSigner.Claim(campaign: "c", customer: "Õ-1", detail: "nps")
        let token = signer.token(for: .survey, claim)
        #expect(signer.claim(of: token, for: .survey) == claim)
        for purpose in LinkSigner.Purpose.allCases where purpose != .survey {
            #expect(signer.claim(of: token, for: purpose) == nil)
        }
        let other = try #require(LinkSigner(key: [UInt8](repeating: 8, count: 32)))
        #expect(other.claim(of: token, for: .survey) == nil)
        for index in token.indices {
            for letter in ["A", "B", "_", "=", ".", "+", "\u{301}"] where String(token[index]) != letter {
                let forged = token.replacingCharacters(in: index...index, with: letter)
                #expect(signer.claim(of: forged, for: .survey) == nil, "\(forged)")
            }
        }
        for wrong in [
            "", ".", "..", token + "A", token + ".", "A" + token, String(repeating: "A", count: 5000),
        ] {
            #expect(signer.claim(of: wrong, for: .survey) == nil)
        }
        #expect(LinkSigner(key: [UInt8](repeating: 7, count: 31)) == nil)
    }

    @Test("Two claims never share a token, wherever their parts are cut")
    func cuts() throws {
        let signer = try Sample.signer()
        let parts = [
            ("ab", "c", ""), ("a", "bc", ""), ("a", "b", "c"), ("", "abc", ""), ("a\u{0}b", "c", ""),
        ]
        let tokens = parts.map {
            signer.token(for: .browser, .init(campaign: $0.0, customer: $0.1, detail: $0.2))
        }
        #expect(Set(tokens.dropLast()).count == 4)
        #expect(tokens[4] == tokens[0])
    }
}
