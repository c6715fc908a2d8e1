/// A delivery status notification: what a relay says became of a message (RFC 3464).
///
/// Everything in it can be forged, the addresses above all: whom a report concerns is told only by the
/// address that it was sent to, see `VERP`.
public struct DeliveryReport: Sendable {
    /// What was done about a recipient (RFC 3464, section 2.3.3).
    public enum Action: String, Sendable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// What is said of one recipient.
    public struct Recipient: Sendable {
        /// The address that delivery was tried to, without `rfc822;`.
        public let address: String?
        /// What was done; nil when the report does not say so in known words.
        public let action: Action?
        /// The status, also looked for in the diagnostic.
        public let status: EnhancedStatus?
        /// The other relay's reply, without `smtp;`.
        public let diagnostic: String?
        /// The relay that refused, without `dns;`.
        public let remoteRelay: String?
    }

    /// The relay that reports.
    public let reportingRelay: String?
    /// What is said of each recipient.
    public let recipients: [Recipient]
    /// The header of the message that the report is about, when it was returned.
    public let original: ParsedHeaders?

    /// - Returns: nil when the message is no delivery report.
    public init?(_ message: ParsedMessage) {
        guard let status = message.root.own.first(where: { $0.type.hasSuffix("/delivery-status") }) else {
            return nil
        }
        // The group about the message comes first; some relays leave it out, or the line after it.
        let groups = ReportFields.groups(of: status.body)
        reportingRelay = groups.lazy.compactMap { ReportFields.value($0, "Reporting-MTA") }.first
        recipients = groups.filter { $0["Final-Recipient"] != nil || $0["Action"] != nil }.map(Recipient.init)
        original = ReportFields.original(in: message)
    }
}

extension DeliveryReport.Recipient {
    fileprivate init(_ fields: ParsedHeaders) {
        address =
            ReportFields.value(fields, "Final-Recipient") ?? ReportFields.value(fields, "Original-Recipient")
        action = ReportFields.value(fields, "Action").flatMap {
            DeliveryReport.Action(rawValue: $0.lowercasedASCII)
        }
        diagnostic = ReportFields.value(fields, "Diagnostic-Code")
        status =
            fields.text("Status").flatMap(EnhancedStatus.init(in:))
            ?? diagnostic.flatMap(EnhancedStatus.init(in:))
        remoteRelay = ReportFields.value(fields, "Remote-MTA")
    }
}
