/// Why a text is not an address that mail can be sent to.
///
/// The description is one sentence that says what to do. It never repeats the address, so it can be
/// logged without spreading personal data.
public enum AddressError: Error, Hashable, Sendable {
    /// There is nothing before, after or around the `@`.
    case empty
    /// The text has no `@`.
    case missingAt
    /// There is nothing before the `@`.
    case emptyLocalPart
    /// There is nothing after the `@`.
    case emptyDomain
    /// A character that an address cannot hold; `position` counts code points from 1.
    case forbidden(Unicode.Scalar, position: Int)
    /// A quoted local part, `"mari maasikas"@example.com`: allowed by RFC 5321, used by nobody but attackers.
    case quotedLocalPart
    /// A local part outside ASCII, which needs a relay that takes SMTPUTF8.
    case nonASCIILocalPart(Unicode.Scalar)
    /// A dot at the start or end of the local part, or two dots in a row.
    case misplacedDot
    /// A local part of more than 64 octets (RFC 5321, section 4.5.3.1.1).
    case localPartTooLong(octets: Int)
    /// An address of more than 254 octets (RFC 5321, section 4.5.3.1.3, without the angle brackets).
    case tooLong(octets: Int)
    /// A numeric address where a domain name belongs: `mari@[192.0.2.1]` or `mari@192.0.2.1`.
    case numericDomain
    /// A part of the domain between two dots that cannot be one, and why.
    case badLabel(String, DomainLabelFault)
    /// A quoted name without its closing quote, or a `(comment)` without its end.
    case unclosedQuote
    /// A `<` without its `>`.
    case unclosedBracket
    /// Text after the closing `>`, or several words where one address belongs.
    case unexpectedText
    /// More or fewer than one mailbox where exactly one belongs.
    case notOneMailbox(count: Int)
}

/// What is wrong with one label of a domain.
public enum DomainLabelFault: Hashable, Sendable {
    /// Two dots in a row, or a dot at an end.
    case empty
    /// More than 63 octets as it goes on the wire (RFC 1035, section 2.3.4).
    case tooLong
    /// A hyphen at an end, or two of them in the third and fourth place of a label that is not `xn--`.
    case hyphen
    /// A character that domain names do not have.
    case character(Unicode.Scalar)
    /// An `xn--` label that is no valid Punycode of a valid label.
    case punycode
}

extension AddressError: CustomStringConvertible {
    /// One sentence: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .empty: "The address is empty; write it as name@domain."
        case .missingAt: "The address has no @; write it as name@domain."
        case .emptyLocalPart: "The address has nothing before the @; write it as name@domain."
        case .emptyDomain: "The address has nothing after the @; write it as name@domain."
        case .forbidden(let scalar, let position):
            "The address has \(scalar.spelled) at position \(position), which no address may have; remove it."
        case .quotedLocalPart:
            "The part before the @ is in quotes, which is not accepted; use an address without quotes."
        case .nonASCIILocalPart(let scalar):
            "The part before the @ has \(scalar.spelled), which only relays with SMTPUTF8 deliver;"
                + " use an ASCII address or mark the relay smtputf8."
        case .misplacedDot:
            "The part before the @ starts or ends with a dot or has two in a row; correct it."
        case .localPartTooLong(let octets):
            "The part before the @ has \(octets) octets; at most 64 are allowed."
        case .tooLong(let octets): "The address has \(octets) octets; at most 254 are allowed."
        case .numericDomain: "The address has a number after the @ where a domain name belongs; use the name."
        case .badLabel(_, let fault): fault.sentence
        case .unclosedQuote: "A quote or bracketed comment is opened and not closed; close it."
        case .unclosedBracket: "The < before the address has no > after it; close it."
        case .unexpectedText:
            "There is text where only one address belongs; write Name <name@domain>, with names that hold a comma in quotes."
        case .notOneMailbox(let count):
            "Exactly one address belongs here and there are \(count); names that hold a comma need quotes."
        }
    }
}

extension DomainLabelFault {
    fileprivate var sentence: String {
        switch self {
        case .empty: "The domain has a dot too many; correct it."
        case .tooLong: "A part of the domain is longer than 63 octets; correct it."
        case .hyphen: "A part of the domain has a hyphen where none may be; correct it."
        case .character(let scalar):
            "The domain has \(scalar.spelled), which no domain name may have; correct it."
        case .punycode:
            "A part of the domain is not valid Punycode; write the name as people read it."
        }
    }
}

extension Unicode.Scalar {
    /// How the scalar is shown in a message: visible ones as themselves, all by number.
    var spelled: String {
        let digits = String(value, radix: 16, uppercase: true)
        let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
            return "the character \(number)"
        default: return "the character \(number) (\(self))"
        }
    }
}
