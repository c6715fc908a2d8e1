import Campaigns
import GRDB
import Model

extension IndexView {
    /// What a customer did and was sent, as far as conditions ask for it.
    package func responses(of customer: CustomerID) throws -> Responses {
        var responses = Responses()
        responses.answers = try fetch(
            "SELECT * FROM answers WHERE customer = ? ORDER BY seq", [customer.text], ResponseRows.answer)
        responses.events = try fetch(
            "SELECT * FROM events WHERE customer = ? ORDER BY seq", [customer.text], ResponseRows.event)
        responses.mails = try fetch(
            """
            SELECT runs.campaign, recipients.changed FROM recipients JOIN runs ON runs.number = recipients.run
            WHERE recipients.customer = ? AND recipients.state IN (\(RecipientState.sent))
            """, [customer.text]
        ) { SentMail(campaign: $0[0], at: Timestamp(milliseconds: $0[1])) }
        return responses
    }
}

extension RecipientState {
    /// The states of who was sent a mail, as SQL; those in doubt count.
    static let sent = [Self.accepted, .intended, .inDoubt].map { "'\($0.rawValue)'" }.joined(separator: ", ")
}
