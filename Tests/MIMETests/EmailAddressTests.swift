import MIME
import Testing

@Suite("Addresses")
struct EmailAddressTests {
    @Test(
        "An address is brought to one form",
        arguments: [
            ("mari@example.com", "mari@example.com"),
            ("Mari.Maasikas+kohv@Example.COM", "Mari.Maasikas+kohv@example.com"),
            ("o'brien!#$%&*/=?^_`{|}~-@example.com", "o'brien!#$%&*/=?^_`{|}~-@example.com"),
            ("tere@kõrvits.ee", "tere@xn--krvits-pxa.ee"),
            ("tere@KO\u{0308}LN.example", "tere@xn--kln-sna.example"),
            ("tere@xn--krvits-pxa.ee", "tere@xn--krvits-pxa.ee"),
            ("tere@ＥＸＡＭＰＬＥ。com", "tere@example.com"),
            ("tere@localhost", "tere@localhost"),
        ])
    func normalises(text: String, expected: String) throws {
        #expect(try EmailAddress(text).text == expected)
    }

    @Test("Case does not tell two addresses apart, and is kept")
    func equality() throws {
        let upper = try EmailAddress("Mari@Example.com")
        #expect(upper == (try EmailAddress("mari@example.com")))
        #expect(upper.localPart == "Mari")
        #expect(upper.domain == "example.com")
        #expect(upper.key == "mari@example.com")
        #expect(
            try EmailAddress("m\u{0131}ke@example.com", smtputf8: true) != EmailAddress("mike@example.com"))
    }

    @Test("NFC and NFD of a local part are one address")
    func canonicalForms() throws {
        let composed = try EmailAddress("j\u{00FC}ri@example.com", smtputf8: true)
        let decomposed = try EmailAddress("ju\u{0308}ri@example.com", smtputf8: true)
        #expect(Array(composed.text.utf8) == Array(decomposed.text.utf8))
    }

    @Test(
        "What is no address is refused with its reason",
        arguments: [
            ("", AddressError.empty),
            ("mari", .missingAt),
            ("@example.com", .emptyLocalPart),
            ("mari@", .emptyDomain),
            ("b@y>\r\nRCPT TO:<v@z", .forbidden(">", position: 4)),
            ("a\r\nBcc: v@x", .forbidden("\r", position: 2)),
            ("mari@example.com\n", .forbidden("\n", position: 17)),
            ("mari@exam\0ple.com", .forbidden("\0", position: 10)),
            (" mari@example.com", .forbidden(" ", position: 1)),
            ("mari\u{7F}@example.com", .forbidden("\u{7F}", position: 5)),
            ("mari\u{85}@example.com", .forbidden("\u{85}", position: 5)),
            ("mari@exa\u{200B}mple.com", .forbidden("\u{200B}", position: 9)),
            ("\u{202E}mari@example.com", .forbidden("\u{202E}", position: 1)),
            ("<mari@example.com>", .forbidden("<", position: 1)),
            ("a,b@example.com", .forbidden(",", position: 2)),
            ("a@b@example.com", .forbidden("@", position: 2)),
            ("\"a b\"@example.com", .forbidden(" ", position: 3)),
            ("\"ab\"@example.com", .quotedLocalPart),
            (".mari@example.com", .misplacedDot),
            ("mari.@example.com", .misplacedDot),
            ("ma..ri@example.com", .misplacedDot),
            ("jüri@example.com", .nonASCIILocalPart("ü")),
            ("mari@[192.0.2.1]", .numericDomain),
            ("mari@192.0.2.1", .numericDomain),
            ("mari@example..com", .badLabel("", .empty)),
            ("mari@example.com.", .badLabel("", .empty)),
            ("mari@-example.com", .badLabel("-example", .hyphen)),
            ("mari@ab--cd.com", .badLabel("ab--cd", .hyphen)),
            ("mari@exam_ple.com", .badLabel("exam_ple", .character("_"))),
            ("mari@☕.example", .badLabel("☕", .character("☕"))),
            ("mari@\u{0301}a.example", .badLabel("\u{0301}a", .character("\u{0301}"))),
            ("mari@xn--a.example", .badLabel("xn--a", .punycode)),
            ("mari@xn--kln-sna-.example", .badLabel("xn--kln-sna-", .hyphen)),
        ])
    func refuses(text: String, expected: AddressError) {
        #expect(throws: expected) { try EmailAddress(text) }
    }

    @Test("Lengths are limited in octets as on the wire")
    func lengths() throws {
        let local64 = String(repeating: "a", count: 64)
        #expect(throws: Never.self) { try EmailAddress(local64 + "@example.com") }
        #expect(throws: AddressError.localPartTooLong(octets: 65)) {
            try EmailAddress("a" + local64 + "@example.com")
        }
        let label63 = String(repeating: "b", count: 63)
        #expect(throws: AddressError.badLabel(label63 + "b", .tooLong)) {
            try EmailAddress("a@\(label63)b.com")
        }
        let domain = [label63, label63, label63].joined(separator: ".")
        #expect(throws: Never.self) { try EmailAddress(String(repeating: "a", count: 62) + "@" + domain) }
        #expect(throws: AddressError.tooLong(octets: 255)) {
            try EmailAddress(String(repeating: "a", count: 63) + "@" + domain)
        }
    }

    @Test("A message says what to do and does not repeat the address")
    func sentences() {
        let error = AddressError.forbidden("\r", position: 2)
        #expect(
            error.description
                == "The address has the character U+000D at position 2, which no address may have; remove it."
        )
        #expect(AddressError.nonASCIILocalPart("ü").description.contains("U+00FC (ü)"))
    }

    @Test(
        "Punycode gives the examples of RFC 3492",
        arguments: [
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"),
            ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("bücher", "bcher-kva"),
        ])
    func punycode(text: String, expected: String) throws {
        guard text != "ليهمابتكلموشعربي؟" else {
            // Its question mark is no letter, so it is no domain; the other letters are.
            #expect(throws: AddressError.self) { try DomainName.ascii(text) }
            return
        }
        #expect(try DomainName.ascii(text) == "xn--" + expected)
        #expect(DomainName.unicode("xn--" + expected) == text)
    }
}

@Suite("Return paths")
struct VERPTests {
    @Test("A token comes back from the address that was made of it")
    func roundTrip() throws {
        let verp = VERP(base: try EmailAddress("bounce@kuldnekohv.example"))
        let address = try verp.address(token: "r17-c1042_Ab9")
        #expect(address.text == "bounce+r17-c1042_Ab9@kuldnekohv.example")
        #expect(verp.token(of: address) == "r17-c1042_Ab9")
        #expect(verp.token(of: try EmailAddress("Bounce+x1@KULDNEKOHV.example")) == "x1")
    }

    @Test(
        "Other addresses have no token",
        arguments: [
            "bounce@k.example", "bounce+@k.example", "x+a@k.example", "bounce+a@l.example",
            "bounce+a.b@k.example",
        ])
    func foreign(text: String) throws {
        #expect(VERP(base: try EmailAddress("bounce@k.example")).token(of: try EmailAddress(text)) == nil)
    }

    @Test(
        "A token that is no word or too long is refused",
        arguments: ["", "a b", "a>", "ü", "a\r\n", String(repeating: "a", count: 58)])
    func refused(token: String) throws {
        let verp = VERP(base: try EmailAddress("bounce@k.example"))
        #expect(throws: AddressError.self) { try verp.address(token: token) }
    }
}
