/// A person or shop with an address: `Kuldne Kohv <tere@kuldnekohv.example>` (RFC 5322, section 3.4).
public struct Mailbox: Hashable, Sendable {
    /// The display name as people read it, without quotes or encoding; nil when there is none.
    public let name: String?
    /// Where the mail goes.
    public let address: EmailAddress

    /// A mailbox of parts. Spaces around the name are dropped, several in a row count as one space, an
    /// empty name is none.
    ///
    /// The name may hold anything: what a header cannot take is refused or stripped when it is written.
    public init(name: String? = nil, address: EmailAddress) {
        let words = (name ?? "").utf8.split(separator: .space)
        self.name = words.isEmpty ? nil : words.map { String(Substring($0)) }.joined(separator: " ")
        self.address = address
    }

    /// Reads a mailbox as people write it in settings: `name@domain` or `Name <name@domain>`, the name
    /// plain or in quotes, in any language.
    /// - Parameters:
    ///   - text: The mailbox and nothing else.
    ///   - smtputf8: Whether a local part outside ASCII is allowed.
    /// - Throws: `AddressError`.
    public init(parsing text: String, smtputf8: Bool = false) throws(AddressError) {
        let all = try Mailbox.list(parsing: text, smtputf8: smtputf8)
        guard all.count == 1, let only = all.first else { throw .notOneMailbox(count: all.count) }
        self = only
    }

    /// Reads mailboxes separated by commas.
    /// - Throws: `AddressError` for the first that is none; an empty list is `empty`.
    public static func list(parsing text: String, smtputf8: Bool = false) throws(AddressError) -> [Mailbox] {
        try MailboxParser.refuseControls(in: text)
        var parser = MailboxParser(Array(text.utf8))
        var result: [Mailbox] = []
        repeat {
            let item = try parser.next()
            result.append(
                Mailbox(name: item.name, address: try EmailAddress(item.address, smtputf8: smtputf8)))
        } while try parser.skipComma()
        return result
    }
}

extension Mailbox: CustomStringConvertible {
    /// The mailbox as `init(parsing:)` reads it, unencoded: for settings and screens, not for the wire.
    public var description: String {
        guard let name else { return address.text }
        let plain = name.utf8.allSatisfy { !$0.isASCII || $0 == .space || ByteSet.atext.contains($0) }
        if plain { return "\(name) <\(address)>" }
        var quoted = ""
        for scalar in name.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return "\"\(quoted)\" <\(address)>"
    }
}

extension String {
    /// Without spaces and tabs at its ends.
    var trimmingBlanks: String {
        guard let first = utf8.firstIndex(where: { !$0.isBlank }),
            let last = utf8.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(self[first...last])
    }
}
