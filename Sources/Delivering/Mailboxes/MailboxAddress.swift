/// Where a mailbox is on a server, and whose it is.
package struct MailboxAddress: Hashable, Sendable {
    /// How it is read; the second of each pair encrypts from the first byte (RFC 8314).
    package enum Scheme: String, Sendable {
        case imap, imaps, pop3, pop3s

        /// Whether it is IMAP and not POP3.
        package var isIMAP: Bool { self == .imap || self == .imaps }

        fileprivate var port: UInt16 {
            switch self {
            case .imap: 143
            case .imaps: 993
            case .pop3: 110
            case .pop3s: 995
            }
        }
    }

    package let scheme: Scheme
    /// A name, an IPv4 address, or an IPv6 address in brackets.
    package let host: String
    package let port: UInt16
    package let user: String
    /// The folder over IMAP, `INBOX` when none is said.
    package let folder: String

    /// Reads `imaps://user@host[:port][/folder]` or `pop3s://user@host[:port]`; user and folder may have `%XX`.
    /// - Throws: `MailboxError`.
    package init(_ url: String) throws(MailboxError) {
        let (scheme, authority, folder) = try Self.parts(of: url)
        guard let sign = authority.lastIndex(of: UInt8(ascii: "@")) else { throw .noUser }
        try self.init(
            scheme, at: authority[authority.index(after: sign)...], user: Self.user(authority[..<sign]),
            folder: folder)
    }

    /// Reads `imaps://host[:port][/folder]` or `pop3s://host[:port]`, whose user is said apart, as it is.
    /// - Throws: `MailboxError`.
    package init(_ url: String, user: String) throws(MailboxError) {
        guard !user.isEmpty, Self.isPrintable(user) else { throw .badUser }
        let (scheme, authority, folder) = try Self.parts(of: url)
        try self.init(scheme, at: authority, user: user, folder: folder)
    }

    private init(
        _ scheme: Scheme, at authority: Substring.UTF8View, user: String, folder: Substring.UTF8View
    ) throws(MailboxError) {
        do throws(HostError) {
            let server = try HostAndPort(authority)
            (self.scheme, host, port) = (scheme, server.host, server.port ?? scheme.port)
        } catch {
            throw error == .host ? .badHost : .badPort
        }
        self.user = user
        self.folder = try Self.folder(folder, of: scheme)
    }

    /// What stands before `://`, after it, and behind the next `/`.
    private static func parts(
        of url: String
    ) throws(MailboxError) -> (Scheme, authority: Substring.UTF8View, folder: Substring.UTF8View) {
        let bytes = url.utf8
        guard let end = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[end...].starts(with: "://".utf8),
            let scheme = Scheme(rawValue: url[..<end].lowercased())
        else { throw .notAMailboxURL }
        let rest = bytes[end...].dropFirst(3)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        return (scheme, authority, rest.dropFirst(authority.count + 1))
    }

    /// Whether mail from it never leaves the machine: then nothing is encrypted by STARTTLS, and no certificate
    /// is asked for its name.
    var isLoopback: Bool { HostAndPort.isLoopback(host) }

    /// What the server is called in sentences.
    var server: String { "\(scheme)://\(host):\(port)" }

    /// The folder as libcurl wants it: what could mean something in a URL is escaped.
    var escapedFolder: String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = folder.utf8.flatMap { byte -> [UInt8] in
            byte.isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func user(_ bytes: Substring.UTF8View) throws(MailboxError) -> String {
        guard !bytes.contains(UInt8(ascii: ":")) else { throw .passwordInURL }
        guard let user = unescaped(bytes), !user.isEmpty else { throw .noUser }
        guard isPrintable(user) else { throw .badUser }
        return user
    }

    private static func folder(_ bytes: Substring.UTF8View, of scheme: Scheme) throws(MailboxError) -> String
    {
        guard scheme.isIMAP else {
            if bytes.isEmpty { return "" }
            throw .folderOfPOP3
        }
        if bytes.isEmpty { return "INBOX" }
        guard let folder = unescaped(bytes), isPrintable(folder) else { throw .badFolder }
        return folder
    }

    /// Whether a text can stand in a command: no line break in it begins another one.
    static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// nil for a `%` that no two hexadecimal digits follow.
    private static func unescaped(_ bytes: Substring.UTF8View) -> String? {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: result, as: UTF8.self)
    }
}

extension UInt8 {
    /// What means nothing but itself in a URL (RFC 3986, section 2.3).
    fileprivate var isPlain: Bool {
        (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A)
            || "-._~".utf8.contains(self)
    }
}
