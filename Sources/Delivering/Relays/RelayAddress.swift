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
        do throws(HostError) {
            let server = try HostAndPort(rest)
            (self.scheme, host, port) = (scheme, server.host, server.port ?? (scheme == .smtps ? 465 : 587))
        } catch {
            throw error == .host ? .badHost : .badPort
        }
    }

    /// Whether mail to it never leaves the machine.
    package var isLoopback: Bool { HostAndPort.isLoopback(host) }

    package var description: String { "\(scheme)://\(host):\(port)" }
}
