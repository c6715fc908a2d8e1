/// Header fields of a message that was read, in their order.
///
/// Values are data from outside: once decoded they can hold anything, line breaks and controls too.
public struct ParsedHeaders: Sendable {
    /// One field.
    public struct Field: Sendable {
        /// The name as it was written.
        public let name: String
        /// The value, unfolded, not decoded.
        public let bytes: [UInt8]

        /// The value with its encoded words decoded.
        public var text: String { EncodedWordReader.decode(bytes) }
    }

    /// All fields, repeated ones too.
    public internal(set) var fields: [Field] = []

    init() {}

    /// The first field of a name, in whatever case.
    public subscript(_ name: String) -> Field? {
        let key = name.lowercasedASCII
        return fields.first { $0.name.utf8.equalsIgnoringCase(key) }
    }

    /// The decoded text of the first field of a name.
    public func text(_ name: String) -> String? { self[name]?.text }

    /// The mailboxes of all fields of a name; what is no address is left out.
    public func mailboxes(_ name: String) -> [Mailbox] {
        let key = name.lowercasedASCII
        return fields.filter { $0.name.utf8.equalsIgnoringCase(key) }.flatMap {
            Mailbox.list(reading: $0.bytes)
        }
    }

    /// The `Date`, nil when there is none that can be read.
    public var date: MessageDate? { self["Date"].flatMap { MessageDate(reading: $0.bytes) } }

    /// The `Message-ID` without angle brackets.
    public var messageID: String? {
        text("Message-ID").map { $0.trimmingBlanks }
            .map { $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : $0 }
    }
}

extension Mailbox {
    /// Reads what others wrote: names decoded, groups dissolved, what is no address left out.
    static func list(reading bytes: [UInt8]) -> [Mailbox] {
        var parser = MailboxParser(bytes, allowsGroups: true)
        var result: [Mailbox] = []
        while !parser.isAtEnd {
            if let item = try? parser.next(), let address = try? EmailAddress(item.address, smtputf8: true) {
                let name = item.name.map { EncodedWordReader.decode(Array($0.utf8)) }
                result.append(Mailbox(name: name, address: address))
            }
            parser.skipItem()
        }
        return result
    }
}
