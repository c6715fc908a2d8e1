import Foundation

/// Domain names between the form people read and the form that goes on the wire.
///
/// What is done of IDNA 2008 (RFC 5891) and UTS 46: compatibility mapping, lower case and NFC; the other
/// full stops of East Asian scripts; Punycode; the rules for hyphens, lengths and leading marks; only
/// letters, marks and digits (a close approximation of PVALID by general category). An `xn--` label must
/// decode to a label that encodes to itself again.
///
/// What is not: the rule for right-to-left labels (RFC 5893), and the characters that are allowed only
/// in context (RFC 5892, appendix A: joiners, middle dot, geresh), which are refused everywhere.
public enum DomainName {
    /// The wire form: lower-case ASCII labels, international ones as A-labels.
    /// - Parameter text: A domain name in either form, without a trailing dot.
    /// - Throws: `AddressError` when it is none, or longer than 253 octets.
    public static func ascii(_ text: String) throws(AddressError) -> String {
        guard !text.isEmpty else { throw .emptyDomain }
        guard !text.utf8.starts(with: "[".utf8) else { throw .numericDomain }
        let mapped = text.isASCII ? text.lowercasedASCII : mapped(text)
        var result = ""
        var lastLabel = ""
        for label in mapped.split(separator: ".", omittingEmptySubsequences: false) {
            lastLabel = try asciiLabel(String(label))
            if !result.isEmpty { result += "." }
            result += lastLabel
        }
        guard result.utf8.count <= 253 else { throw .tooLong(octets: result.utf8.count) }
        guard !lastLabel.utf8.allSatisfy(\.isDigit) else { throw .numericDomain }
        return result
    }

    /// The form people read: A-labels decoded where they are valid, everything else as it is.
    public static func unicode(_ ascii: String) -> String {
        ascii.split(separator: ".", omittingEmptySubsequences: false)
            .map { decodedLabel($0) ?? String($0) }
            .joined(separator: ".")
    }

    private static func mapped(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping
            .replacingOccurrences(of: "\u{3002}", with: ".")
            .lowercased()
            .precomposedStringWithCompatibilityMapping
    }

    private static func asciiLabel(_ label: String) throws(AddressError) -> String {
        guard !label.isEmpty else { throw .badLabel(label, .empty) }
        // Bounds the work below; a label of 63 octets never has more code points.
        guard label.unicodeScalars.count <= 63 else { throw .badLabel(label, .tooLong) }
        if label.isASCII { return try checkedASCII(label) }
        try checkUnicode(label)
        guard let encoded = Punycode.encode(label.unicodeScalars) else { throw .badLabel(label, .tooLong) }
        let result = "xn--" + encoded
        guard result.utf8.count <= 63 else { throw .badLabel(label, .tooLong) }
        return result
    }

    private static func checkedASCII(_ label: String) throws(AddressError) -> String {
        let bytes = Array(label.utf8)
        for byte in bytes where !byte.isLetter && !byte.isDigit && byte != .hyphen {
            throw .badLabel(label, .character(Unicode.Scalar(byte)))
        }
        guard bytes.first != .hyphen, bytes.last != .hyphen else { throw .badLabel(label, .hyphen) }
        guard bytes.count > 3, bytes[2] == .hyphen, bytes[3] == .hyphen else { return label }
        guard label.hasPrefix("xn--") else { throw .badLabel(label, .hyphen) }
        guard decodedLabel(label) != nil else { throw .badLabel(label, .punycode) }
        return label
    }

    private static func checkUnicode(_ label: String) throws(AddressError) {
        for scalar in label.unicodeScalars where scalar != "-" {
            switch scalar.properties.generalCategory {
            case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: break
            case .nonspacingMark, .spacingMark: break
            default: throw .badLabel(label, .character(scalar))
            }
        }
        if let first = label.unicodeScalars.first, first.properties.isMark {
            throw .badLabel(label, .character(first))
        }
        let hyphens = label.unicodeScalars.enumerated().filter { $0.element == "-" }.map(\.offset)
        let last = label.unicodeScalars.count - 1
        if hyphens.contains(0) || hyphens.contains(last) || (hyphens.contains(2) && hyphens.contains(3)) {
            throw .badLabel(label, .hyphen)
        }
    }

    /// The Unicode form of an `xn--` label, nil when it is not one or not what the mapping would have made.
    private static func decodedLabel(_ label: some StringProtocol) -> String? {
        guard label.hasPrefix("xn--"), label.utf8.count <= 63,
            let scalars = Punycode.decode(String(label.dropFirst(4)))
        else { return nil }
        let text = String(String.UnicodeScalarView(scalars))
        guard !text.isASCII, mapped(text).unicodeScalars.elementsEqual(scalars),
            (try? checkUnicode(text)) != nil,
            Punycode.encode(scalars).map({ "xn--" + $0 == label }) == true
        else { return nil }
        return text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isMark: Bool { generalCategory == .nonspacingMark || generalCategory == .spacingMark }
}
