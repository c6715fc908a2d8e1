/// Reads where links of mails lead.
enum Links {
    /// An address of the web.
    ///
    /// Links carry addresses of people behind their `?`, for forms to be filled in; of the stores only customers.jsonl
    /// holds those.
    /// - Throws: `ValueFault`.
    static func url(_ text: String) throws(ValueFault) -> String {
        let bytes = text.utf8
        let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
        // A backslash ends the host for browsers and for nobody else.
        guard let rest = scheme.map({ bytes.dropFirst($0.utf8.count) }), let first = rest.first,
            !"/?#".utf8.contains(first), !bytes.contains(where: { $0 == .blank || $0 == UInt8(ascii: "\\") })
        else {
            throw ValueFault(
                "The value '\(text.shortened)' is no link; write it as https://shop.example/sale, without blanks."
            )
        }
        let host = rest.prefix { !"/?#".utf8.contains($0) }
        let query = rest.drop { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if host.contains(UInt8(ascii: "@")) || holdsAt(query) {
            throw ValueFault(
                "The link has an @ that may belong to somebody's address, which is not kept with clicks;"
                    + " leave out what stands behind its ? or before its host.")
        }
        return text
    }

    /// Whether there is an `@`, as it is or as `%40` (RFC 3986, section 2.1).
    private static func holdsAt(_ bytes: Substring.UTF8View) -> Bool {
        if bytes.contains(UInt8(ascii: "@")) { return true }
        return bytes.indices.contains { bytes[$0...].starts(with: "%40".utf8) }
    }
}
