/// Why a header field was not written. Each case names the field.
public enum HeaderError: Error, Hashable, Sendable {
    /// A byte 00-1F or 7F in a value: what header injection is made of. `position` counts octets from 1.
    case controlCharacter(UInt8, header: String, position: Int)
    /// A field name that is not printable ASCII without colon and blanks (RFC 5322, section 3.6.8).
    case badName(String)
    /// A field that mail has only once (RFC 5322, section 3.6) and that is there already.
    case duplicate(header: String)
    /// A field that the message writes itself: `MIME-Version` and `Content-*`.
    case reserved(header: String)
    /// A word that cannot be folded and would make a line of more than 998 octets.
    case tooLong(header: String)
    /// A list of mailboxes, identifiers or links with nothing in it.
    case empty(header: String)
    /// A value of a structured field with a character that does not belong there.
    case notASCII(header: String)
    /// A link for `List-Unsubscribe` or a similar field that is not ASCII or has blanks or angle brackets.
    case badLink(header: String)
    /// An identifier that is not `left@right` of RFC 5322, section 3.6.4.
    case badIdentifier(String)
    /// A `List-Id` that is not dots between letters, digits and hyphens.
    case badListID(String)
    /// A type that is not `type/subtype` of RFC 2045, section 5.1.
    case badMediaType(String)
    /// A time before the year 1900 or after 9999, or an offset of a day or more.
    case badDate(seconds: Int64, offsetMinutes: Int)
}

extension HeaderError: CustomStringConvertible {
    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .controlCharacter(let byte, let header, let position):
            "The header \(header) has \(Unicode.Scalar(byte).spelled) at octet \(position); remove it."
        case .badName(let name):
            "\(name.debugDescription) is no name for a header; use ASCII letters, digits and hyphens."
        case .duplicate(let header): "The header \(header) is there already, and mail has it only once."
        case .reserved(let header): "The header \(header) is written by the message itself; leave it out."
        case .tooLong(let header): "The header \(header) has a word too long for a line of mail; shorten it."
        case .empty(let header): "The header \(header) has no value; give it one."
        case .notASCII(let header): "The header \(header) takes visible ASCII characters only; correct it."
        case .badLink(let header):
            "The header \(header) has a link with blanks, angle brackets or non-ASCII characters; percent-encode them."
        case .badIdentifier(let text):
            "\(text.debugDescription) is no message identifier; write it as left@right in ASCII."
        case .badListID(let text):
            "\(text.debugDescription) is no list identifier; write it like offers.shop.example."
        case .badMediaType(let text): "\(text.debugDescription) is no media type; write it as type/subtype."
        case .badDate(let seconds, let offset):
            "\(seconds) seconds since 1970 at an offset of \(offset) minutes is no date of the years 1900 to 9999."
        }
    }
}
