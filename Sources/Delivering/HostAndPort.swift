/// The part of a URL that says where a server listens: `mail.example`, `192.0.2.1:2525`, `[::1]:143`.
///
/// Read by hand and strictly, since URL parsers disagree about what the host is.
struct HostAndPort {
    /// A name, an IPv4 address, or an IPv6 address in brackets.
    let host: String
    /// nil where none is said.
    let port: UInt16?

    /// - Throws: `HostError` for what is no host, or no port after the colon.
    init(_ bytes: Substring.UTF8View) throws(HostError) {
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let hostEnd =
            isBracketed
            ? bytes.firstIndex(of: UInt8(ascii: "]")).map { bytes.index(after: $0) }
            : bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        guard let hostEnd, Self.isHost(bytes[..<hostEnd], bracketed: isBracketed) else { throw .host }
        host = String(decoding: bytes[..<hostEnd], as: UTF8.self).lowercased()
        port = try Self.port(bytes[hostEnd...])
    }

    /// Whether what is sent to a host never leaves the machine.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && isIPv4(host))
    }

    /// `127.0.0.1.example` is a name that anyone may own.
    private static func isIPv4(_ host: String) -> Bool {
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

    private static func port(_ bytes: Substring.UTF8View) throws(HostError) -> UInt16? {
        if bytes.isEmpty { return nil }
        let digits = bytes.dropFirst()
        guard bytes.first == UInt8(ascii: ":"), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
        else { throw .port }
        return port
    }
}

/// What is wrong with where a server is said to listen.
enum HostError: Error {
    case host, port
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66)
    }

    fileprivate var isAlphanumeric: Bool {
        (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A)
    }
}
