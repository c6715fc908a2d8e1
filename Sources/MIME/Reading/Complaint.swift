/// A complaint in the abuse reporting format: a reader called a message unwanted (RFC 5965).
///
/// As with delivery reports, only the address that it was sent to, or what the original message's header
/// holds under our own signature, tells whom it concerns.
public struct Complaint: Sendable {
    /// `abuse`, `fraud`, `virus`, `not-spam`, `opt-out` or other, in lower case.
    public let kind: String
    /// The program that made the report.
    public let userAgent: String?
    /// The envelope sender of the message complained of, without angle brackets.
    public let originalSender: String?
    /// The recipients that are said to complain, without angle brackets; often blacked out.
    public let originalRecipients: [String]
    /// The header of the message complained of.
    public let original: ParsedHeaders?

    /// - Returns: nil when the message is no complaint.
    public init?(_ message: ParsedMessage) {
        guard let report = message.root.own.first(where: { $0.type == "message/feedback-report" }),
            let fields = ReportFields.groups(of: report.body).first, let kind = fields.text("Feedback-Type")
        else { return nil }
        self.kind = kind.trimmingBlanks.lowercasedASCII
        userAgent = fields.text("User-Agent")
        originalSender = fields.text("Original-Mail-From").map(Self.withoutBrackets)
        originalRecipients = fields.fields.filter { $0.name.utf8.equalsIgnoringCase("original-rcpt-to") }
            .map { Self.withoutBrackets($0.text) }
        original = ReportFields.original(in: message)
    }

    private static func withoutBrackets(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != .less && $0 != .greater && !$0.isBlank }, as: UTF8.self)
    }
}
