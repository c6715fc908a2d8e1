import Foundation

/// Reads countries, locales and time zones.
struct Places {
    /// Names that Foundation knows; a few hundred at most, since unknown ones are not kept.
    private var knownZones: Set<String> = []

    /// The two capital letters of a country, in any case.
    /// - Throws: `ValueFault` when ISO 3166-1 has no such country.
    func country(_ text: String) throws(ValueFault) -> String {
        // Byte by byte: the capital of "ß" is "SS", and that is South Sudan.
        let code = String(decoding: text.utf8.map { $0.isLetter ? $0 & 0xDF : $0 }, as: UTF8.self)
        guard Self.countries.contains(code) else {
            let hint = code == "UK" ? "the United Kingdom is GB" : "write its two letters, such as EE"
            throw ValueFault("The value '\(text.shortened)' is no country of ISO 3166; \(hint).")
        }
        return code
    }

    /// A language tag in the shape of BCP 47 (RFC 5646, section 2.1); `_` is taken for `-`, as shops write it.
    /// Languages of two or three letters: longer ones are allowed by the grammar and none is registered, so
    /// that `english` is a mistake.
    /// - Throws: `ValueFault`.
    func locale(_ text: String) throws(ValueFault) -> String {
        let tag = String(
            decoding: text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isTag =
            tag.utf8.count <= 35
            && parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(\.isAlphanumeric) }
            && (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isLetter)
        guard isTag else {
            throw ValueFault(
                "The value '\(text.shortened)' is no language tag; write one such as et or pt-BR.")
        }
        return tag
    }

    /// The name of a zone in the IANA database.
    /// - Throws: `ValueFault` when this machine's Foundation does not know it.
    mutating func timezone(_ text: String) throws(ValueFault) -> String {
        if knownZones.contains(text) { return text }
        // Foundation also takes "GMT+3" and may read the name as a path: only plain names are shown to it.
        let isName =
            text == "UTC"
            || text.utf8.contains(UInt8(ascii: "/"))
                && text.utf8.allSatisfy { $0.isAlphanumeric || "/_-+".utf8.contains($0) }
        guard isName, TimeZone(identifier: text) != nil else {
            throw ValueFault(
                "The value '\(text.shortened)' is no time zone; write its IANA name, such as Europe/Tallinn.")
        }
        knownZones.insert(text)
        return text
    }

    /// ISO 3166-1 alpha-2, the 249 codes officially assigned.
    private static let countries = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
        FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
        JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
        MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
        PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
        TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

extension UInt8 {
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isAlphanumeric: Bool { isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
