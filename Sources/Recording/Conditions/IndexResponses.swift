import Campaigns
import GRDB
import Model

extension IndexView {
    /// What a customer did and was sent, as far as conditions ask for it.
    package func responses(of customer: CustomerID) throws -> Responses {
        try responses(of: [customer])[customer] ?? Responses()
    }

    /// What some customers did and were sent, read together.
    /// - Returns: by identifier; who did nothing and was sent nothing is left out.
    func responses(of customers: [CustomerID]) throws -> [CustomerID: Responses] {
        let marks = customers.map { _ in "?" }.joined(separator: ", ")
        let arguments = StatementArguments(customers.map(\.text))
        var responses: [CustomerID: Responses] = [:]
        for answer in try fetch(
            "SELECT * FROM answers WHERE customer IN (\(marks)) ORDER BY seq", arguments, ResponseRows.answer)
        {
            responses[answer.customer, default: Responses()].answers.append(answer)
        }
        for event in try fetch(
            "SELECT * FROM events WHERE customer IN (\(marks)) ORDER BY seq", arguments, ResponseRows.event)
        {
            responses[event.customer, default: Responses()].events.append(event)
        }
        let mails = try fetch(
            """
            SELECT recipients.customer, runs.campaign, recipients.changed
            FROM recipients JOIN runs ON runs.number = recipients.run
            WHERE recipients.customer IN (\(marks)) AND recipients.state IN (\(RecipientState.sent))
            """, arguments
        ) { (CustomerID($0[0]), ReceivedMail(campaign: $0[1], at: Timestamp(milliseconds: $0[2]))) }
        let engagements = try fetch(
            """
            SELECT engagements.customer, engagements.kind, runs.campaign, engagements.occurred
            FROM engagements JOIN runs ON runs.id = engagements.run WHERE engagements.customer IN (\(marks))
            """, arguments
        ) { row in
            let kind: Engagement.Kind = try row.word("kind", named: "what was done with a mail")
            let at = Timestamp(milliseconds: row["occurred"])
            return (CustomerID(row["customer"]), EngagedMail(kind: kind, campaign: row["campaign"], at: at))
        }
        for (customer, mail) in engagements {
            responses[customer, default: Responses()].engagements.append(mail)
        }
        for (customer, mail) in mails { responses[customer, default: Responses()].mails.append(mail) }
        return responses
    }
}
