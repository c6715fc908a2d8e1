import Model

/// Where a relay is.
struct RelayAddress: Sendable {
    var isImplicitTLS: Bool
    var host: HostPort
}

extension Formats {
    /// `smtp://127.0.0.1:2525`, `smtps://mail.example`.
    static let relayURL = Format<RelayAddress>(
        "a relay such as `smtp://127.0.0.1:2525` or `smtps://mail.example`",
        pattern: "smtps?://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?!0+/?$)[0-9]{1,5})?/?"
    ) { text in
        let isImplicit = text.hasPrefix("smtps://")
        guard isImplicit || text.hasPrefix("smtp://") else { return nil }
        var rest = text.dropFirst(isImplicit ? 8 : 7)
        if rest.utf8.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        // RFC 6409 and RFC 8314: mail is submitted at 587 with STARTTLS, at 465 with TLS from the first byte.
        return host(rest, port: isImplicit ? 465 : 587).flatMap {
            $0.port > 0 ? RelayAddress(isImplicitTLS: isImplicit, host: $0) : nil
        }
    }

    /// `imaps://mail.example/INBOX`, `pop3s://mail.example`, `/var/mail/bounce`. Where a server is, and what a folder may be
    /// called, whoever connects reads more closely.
    static let bounceMailbox = Format<String>(
        "a mailbox such as `imaps://mail.example`, `pop3s://mail.example` or `/var/mail/bounce`",
        pattern: "(?:imaps?://[^\\s/@]+(?:/[^\\s@]*)?|pop3s?://[^\\s/@]+/?|(?!.*://)[^\\s\\\\]+)"
    ) { text in
        guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) else {
            return nil
        }
        guard let mark = text.firstRange(of: "://") else {
            return text.utf8.contains(UInt8(ascii: "\\")) ? nil : text
        }
        let parts = text[mark.upperBound...].split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, !text.utf8.contains(UInt8(ascii: "@")) else {
            return nil
        }
        switch text[..<mark.lowerBound] {
        case "imap", "imaps": return text
        case "pop3", "pop3s": return parts.count == 1 || parts[1].isEmpty ? text : nil
        default: return nil
        }
    }.advising("the user stands in `username`, the password in `password`")

    /// Seconds, from one to some weeks.
    static let interval = Format<Int>(
        "a time such as `30 seconds`, `5 minutes` or `1 hour`",
        pattern: "[1-9][0-9]{0,3} +(?:second|minute|hour)s?"
    ) { text in
        let words = text.split(separator: " ")
        guard words.count == 2, words[0].utf8.count <= 4, words[0].utf8.first != UInt8(ascii: "0"),
            let count = WholeNumber.parse(words[0]), count > 0
        else { return nil }
        switch words[1] {
        case "second", "seconds": return count
        case "minute", "minutes": return count * 60
        case "hour", "hours": return count * 3600
        default: return nil
        }
    }

    /// `127.0.0.1:8080`; 0 lets the system choose a free port.
    static let hostPort = Format<HostPort>(
        "a host and a port such as `127.0.0.1:8080`",
        pattern: "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}"
    ) { host($0[...], port: nil) }

    /// A domain in the letters of the DNS.
    static let domain = Format<String>(
        "a domain such as `kuldnekohv.example`", pattern: "[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*"
    ) { text in
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy {
            (1...63).contains($0.utf8.count) && $0.utf8.allSatisfy(isHostByte)
        }
        return areLabels && !text.utf8.isEmpty ? text : nil
    }

    /// A path inside the workspace.
    static let folder = Format<String>(
        "a path inside the workspace such as `store`",
        pattern: "(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\s]+"
    ) { text in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let staysInside = !text.isEmpty && parts.first != "" && !parts.contains("..")
        let isPlain =
            !text.utf8.contains(UInt8(ascii: "\\"))
            && !text.unicodeScalars.contains { $0.properties.isWhitespace }
        return staysInside && isPlain ? text : nil
    }

    static let storeFolder = Format<String>(
        "a folder of its own inside the workspace such as `store`",
        pattern:
            "(?!(?:\\.?/)*(?:(?:campaigns|templates)(?:/|$)|\\.?$))(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\s]+"
    ) { text in
        let first = text.split(separator: "/").first { $0 != "." }
        guard let first, first != "campaigns", first != "templates" else { return nil }
        return folder.parse(text)
    }

    /// With a token of 32 characters behind it, the local part must stay within the 64 octets of RFC 5321, section
    /// 4.5.3.1.1, and envelopes are ASCII.
    static let bounceAddress = Format<String>(
        "an address with at most 31 ASCII characters before the `@` such as `bounce@kuldnekohv.example`",
        pattern: "[!-;=?A-~]{1,31}@[^\\s<>@]+"
    ) { text in
        let local = text.utf8.prefix { $0 != UInt8(ascii: "@") }
        guard local.count <= 31, local.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return address.parse(text)
    }

    private static func host(_ text: Substring, port standard: Int?) -> HostPort? {
        let bracket = text.lastIndex(of: "]")
        let colon = text[(bracket ?? text.startIndex)...].lastIndex(of: ":")
        let name = text[..<(colon ?? text.endIndex)]
        let port = colon.map { WholeNumber.parse(text[text.index(after: $0)...]) } ?? standard
        guard let port, (0...65_535).contains(port), !name.isEmpty else { return nil }
        if bracket != nil {
            guard name.first == "[", name.last == "]" else { return nil }
            let address = name.dropFirst().dropLast()
            let isAddress = !address.isEmpty && address.utf8.allSatisfy(isAddressByte)
            return isAddress ? HostPort(host: String(address), port: port) : nil
        }
        return name.utf8.allSatisfy { isHostByte($0) || $0 == UInt8(ascii: ".") }
            ? HostPort(host: String(name), port: port) : nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Of an IPv6 address (RFC 4291 section 2.2).
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
