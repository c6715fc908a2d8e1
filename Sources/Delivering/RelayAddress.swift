/// Where a relay listens: a scheme, a host and a port, and nothing else.
package struct RelayAddress: Hashable, Sendable, CustomStringConvertible {
    /// `smtps` encrypts from the first byte.
    package enum Scheme: String, Sendable {
        case smtp, smtps
    }

    package let scheme: Scheme
    /// A name, an IPv4 address, or an IPv6 address in brackets.
    package let host: String
    package let port: UInt16

    /// Reads `smtp://host[:port]` or `smtps://host[:port]`. Without a port it is 587 (submission, RFC 6409)
    /// or 465 (RFC 8314).
    ///
    /// Read by hand and strictly, since URL parsers disagree about what the host is.
    /// - Throws: `RelayError`.
    package init(_ url: String) throws(RelayError) {
        let bytes = url.utf8
        guard let end = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[end...].starts(with: "://".utf8),
            let scheme = Scheme(rawValue: url[..<end].lowercased())
        else { throw .notSMTP }
        var rest = bytes[end...].dropFirst(3)
        if rest.last == UInt8(ascii: "/") { rest.removeLast() }
        guard !rest.contains(where: { "/?#@\\".utf8.contains($0) }) else { throw .extraParts }
        let isBracketed = rest.first == UInt8(ascii: "[")
        let hostEnd =
            isBracketed
            ? rest.firstIndex(of: UInt8(ascii: "]")).map { rest.index(after: $0) }
            : rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
        guard let hostEnd, Self.isHost(rest[..<hostEnd], bracketed: isBracketed) else { throw .badHost }
        self.scheme = scheme
        host = String(decoding: rest[..<hostEnd], as: UTF8.self).lowercased()
        port = try Self.port(rest[hostEnd...], of: scheme)
    }

    /// Whether mail to it never leaves the machine.
    package var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && isIPv4)
    }

    package var description: String { "\(scheme)://\(host):\(port)" }

    /// `127.0.0.1.example` is a name that anyone may own.
    private var isIPv4: Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
    }

    private static func isHost(_ bytes: Substring.UTF8View, bracketed: Bool) -> Bool {
        if bracketed {
            return bytes.count > 4
                && bytes.dropFirst().dropLast().allSatisfy {
                    $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                }
        }
        let edges = [bytes.first, bytes.last]
        return !bytes.isEmpty && bytes.count <= 253
            && !edges.contains(UInt8(ascii: ".")) && !edges.contains(UInt8(ascii: "-"))
            && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    private static func port(_ bytes: Substring.UTF8View, of scheme: Scheme) throws(RelayError) -> UInt16 {
        guard !bytes.isEmpty else { return scheme == .smtps ? 465 : 587 }
        let digits = bytes.dropFirst()
        guard bytes.first == UInt8(ascii: ":"), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
        else { throw .badPort }
        return port
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66)
    }

    fileprivate var isAlphanumeric: Bool {
        (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A)
    }
}
