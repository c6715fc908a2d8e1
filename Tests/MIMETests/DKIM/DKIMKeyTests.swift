import Testing

@testable import MIME

@Suite("DKIM keys and their records")
struct DKIMKeyTests {
    @Test("A key survives being written and read", arguments: DKIMAlgorithm.allCases)
    func roundTrip(algorithm: DKIMAlgorithm) throws {
        let key = try DKIMKey(generating: algorithm)
        let read = try DKIMKey(pem: key.pem)
        #expect(read.record == key.record)
        #expect(read.algorithm == algorithm)
        #expect(read.pem == key.pem)
        #expect(try DKIMKey(pem: "Bag Attributes\r\n" + key.pem.replacing("\n", with: "\r\n")).pem == key.pem)
    }

    @Test("RSA keys are read in the older form too")
    func pkcs1() throws {
        let key = try DKIMSamples.rsa.get()
        // PKCS #8 is 26 octets about the algorithm and then PKCS #1.
        let der = try #require(PEMBlock(in: key.pem)).bytes.dropFirst(26)
        let pem = PEMBlock(label: "RSA PRIVATE KEY", bytes: Array(der)).text
        #expect(try DKIMKey(pem: pem).record == key.record)
    }

    @Test("The Ed25519 key of RFC 8463 is read and written as OpenSSL does")
    func ed25519() throws {
        let key = try DKIMKey(pem: DKIMSamples.ed25519PEM)
        #expect(key.pem == DKIMSamples.ed25519PEM)
        #expect(key.record.publicKey.count == 32)
    }

    static let shortKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
        Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
        KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
        AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
        6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
        zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
        6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
        uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
        WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
        WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
        licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
        o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
        uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
        -----END RSA PRIVATE KEY-----
        """

    static let curveKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXKZcV3m5uGfDlfZ2
        xSLz5kp3gBClc+zwvpGK9y1fZSqhRANCAARWvRDDMmUrpqg1D0pe+J2pmIXPQsf7
        NKlb/zPQIO14jxH5TUoWyH2Ghpjtuwb0psQl2yREp5iDkWjlv+RntEKh
        -----END PRIVATE KEY-----
        """

    static let encrypted = """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """

    @Test(
        "What cannot sign is refused with a reason",
        arguments: [
            ("", DKIMError.notPEM),
            ("keys/boon1.pem", .notPEM),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n", .notPEM),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", .unreadableKey),
            ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", .unreadableKey),
            (
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                .notPrivateKey(label: "PUBLIC KEY")
            ),
            (
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                .encryptedKey
            ),
            (encrypted, .encryptedKey),
            // The RSA key of RFC 8463, appendix A.
            (shortKey, .keySize(bits: 1024)),
            (curveKey, .unreadableKey),
        ])
    func refused(pem: String, error: DKIMError) {
        #expect(throws: error) { try DKIMKey(pem: pem) }
        #expect(error.description.hasSuffix("."))
    }

    @Test("A record is split in strings that a TXT record can hold")
    func strings() throws {
        let record = try DKIMSamples.rsa.get().record
        #expect(record.text.hasPrefix("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"))
        #expect(record.strings.map(\.utf8.count) == [255, record.text.utf8.count - 255])
        #expect(record.strings.joined() == record.text)
        let name = try DKIMName(domain: "kuldnekohv.example", selector: "boon1")
        let line = record.zoneLine(for: name)
        #expect(line.hasPrefix("boon1._domainkey.kuldnekohv.example. IN TXT ( \"v=DKIM1; k=rsa; p=MII"))
        #expect(line.hasSuffix("IDAQAB\" )"))
    }

    @Test("A record with its own key has no fault, however it is written")
    func sameKey() throws {
        let record = try DKIMSamples.rsa.get().record
        let key = record.text.dropFirst("v=DKIM1; k=rsa; p=".count)
        for text in [
            record.text, "p=\(key)", "v=DKIM1;p=\(key);", " v = DKIM1 ; h=sha1:sha256 ; s=* ; n=x ; p=\(key)",
            "v=DKIM1; t=s; s=email; p=\(key.prefix(100)) \(key.dropFirst(100))",
        ] {
            #expect(DKIMRecord.faults(of: text, expected: record) == [])
        }
    }

    @Test(
        "A record with which nobody can verify says why",
        arguments: [
            ("", DKIMRecordFault.badTag("")),
            ("v=spf1 -all", .notDKIM),
            ("p=AAAA; v=DKIM1", .notDKIM),
            ("v=DKIM1; k=rsa", .noKey),
            ("v=DKIM1; p=", .revoked),
            ("v=DKIM1; p=\"AAAA\"", .badKey),
            ("v=DKIM1; p=AAAA; p=AAAA", .duplicateTag("p")),
            ("v=DKIM1; p=AAAA; rubbish", .badTag("rubbish")),
            ("v=DKIM1; k=dsa; p=AAAA", .unknownAlgorithm("dsa")),
            ("v=DKIM1; p=AAAA", .otherAlgorithm(found: .rsa, expected: .ed25519)),
            ("v=DKIM1; k=ed25519; p=AAAA", .otherKey),
            ("v=DKIM1; k=ed25519; h=sha1; p=OWN", .refusesHash),
            ("v=DKIM1; k=ed25519; s=tlsrpt; p=OWN", .refusesMail),
            ("v=DKIM1; k=ed25519; t=y:s; p=OWN", .testing),
        ])
    func faults(text: String, fault: DKIMRecordFault) throws {
        let record = try DKIMKey(pem: DKIMSamples.ed25519PEM).record
        let own = record.text.dropFirst("v=DKIM1; k=ed25519; p=".count)
        #expect(DKIMRecord.faults(of: text.replacing("OWN", with: own), expected: record) == [fault])
        #expect(fault.description.hasSuffix("."))
    }

    @Test(
        "Domains and selectors that the DNS cannot hold are refused",
        arguments: [
            ("", "boon1", DKIMError.badDomain("")), ("localhost", "boon1", .badDomain("localhost")),
            ("a b.example", "boon1", .badDomain("a b.example")),
            ("shop.example", "", .badSelector("")), ("shop.example", "a b", .badSelector("a b")),
            ("shop.example", "a;b", .badSelector("a;b")), ("shop.example", "a..b", .badSelector("a..b")),
            ("shop.example", "-a", .badSelector("-a")), ("shop.example", "a\r\nb", .badSelector("a\r\nb")),
        ])
    func names(domain: String, selector: String, error: DKIMError) {
        #expect(throws: error) { try DKIMName(domain: domain, selector: selector) }
    }

    @Test("International domains go as they are in the DNS")
    func international() throws {
        let name = try DKIMName(domain: "Öökull.example", selector: "a.b")
        #expect(name.description == "a.b._domainkey.xn--kull-4qaa.example")
    }
}
