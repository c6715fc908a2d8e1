import MIME

/// A message as it was handed over.
package struct InboxMessage: Sendable {
    /// Counts from 1 in the order of arrival; never used again.
    package let number: Int
    /// When it arrived, in seconds since 1970.
    package let received: Int64
    /// The envelope's sender, empty for a report.
    package let sender: String
    /// The envelope's recipients.
    package let recipients: [String]
    /// The message as on the wire, dots undoubled.
    package let bytes: [UInt8]

    /// The message taken apart. Costs time in proportion to its size, so it is done when someone looks.
    package var parsed: ParsedMessage { ParsedMessage(bytes) }

    /// Whether an envelope recipient contains the text, ASCII letters in any case.
    func isTo(_ text: String) -> Bool {
        recipients.contains { $0.utf8.containsIgnoringCase(text.utf8) }
    }
}

extension String.UTF8View {
    fileprivate func containsIgnoringCase(_ part: String.UTF8View) -> Bool {
        guard !part.isEmpty else { return true }
        var rest = self[...]
        while rest.count >= part.count {
            if zip(rest, part).allSatisfy({ $0.lowercased == $1.lowercased }) { return true }
            rest.removeFirst()
        }
        return false
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
