/// An enhanced status code, `5.1.1` (RFC 3463).
public struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
    /// 2 success, 4 a failure that may pass, 5 a failure that stays.
    public let kind: Int
    /// What it is about: 1 the address, 2 the mailbox, 7 policy.
    public let subject: Int
    /// What exactly.
    public let detail: Int

    /// Finds the first code in a text, be it a `Status` field or a relay's reply.
    /// - Returns: nil when there is none.
    public init?(in text: String) {
        for word in text.utf8.split(whereSeparator: { !$0.isDigit && $0 != .dot }) {
            let numbers = word.split(separator: .dot, omittingEmptySubsequences: false).map(Self.number)
            guard numbers.count == 3, let kind = numbers[0], let subject = numbers[1],
                let detail = numbers[2],
                kind == 2 || kind == 4 || kind == 5
            else { continue }
            self.kind = kind
            self.subject = subject
            self.detail = detail
            return
        }
        return nil
    }

    private static func number(_ digits: Substring.UTF8View) -> Int? {
        1...3 ~= digits.count ? Int(Substring(digits)) : nil
    }

    /// `5.1.1`.
    public var description: String { "\(kind).\(subject).\(detail)" }
}
