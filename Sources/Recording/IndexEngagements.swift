import GRDB
import Model

/// What the customers of a run did with its mail.
package struct RunEngagement: Hashable, Sendable {
    /// How often something was done.
    package struct Count: Hashable, Sendable {
        /// How many customers did it, each counted once.
        package let customers: Int
        /// How often they did it.
        package let times: Int
    }

    /// A link and the clicks on it.
    package struct Link: Hashable, Sendable {
        package let url: String
        package let clicks: Count
    }

    /// What nobody did is left out.
    package let counts: [Engagement.Kind: Count]
    /// The links that most customers clicked, those first.
    package let links: [Link]
}

extension IndexView {
    /// An engagement by its idempotency key.
    package func engagement(id: String) throws -> Engagement? {
        try fetch("SELECT * FROM engagements WHERE id = ?", [id], ResponseRows.engagement).first
    }

    /// What the customers of a run did with its mail; nil when nobody is known to have done anything.
    /// - Parameter limit: how many links at most.
    package func engagement(with run: RunID, links limit: Int) throws -> RunEngagement? {
        let counts = try fetch(
            "SELECT kind, count(DISTINCT customer), count(*) FROM engagements WHERE run = ? GROUP BY kind",
            [run.text]
        ) { row in
            let kind: Engagement.Kind = try row.word("kind", named: "what was done with a mail")
            return (kind, RunEngagement.Count(customers: row[1], times: row[2]))
        }
        if counts.isEmpty { return nil }
        let links = try fetch(
            """
            SELECT url, count(DISTINCT customer) AS customers, count(*) FROM engagements
            WHERE run = ? AND kind = 'clicked' AND url IS NOT NULL
            GROUP BY url ORDER BY customers DESC, url LIMIT ?
            """, [run.text, limit]
        ) { RunEngagement.Link(url: $0[0], clicks: RunEngagement.Count(customers: $0[1], times: $0[2])) }
        return RunEngagement(counts: Dictionary(uniqueKeysWithValues: counts), links: links)
    }

    /// The run of a campaign whose mail was sent to a customer last.
    /// - Parameter end: mails that were handed to a relay later do not count.
    package func lastRun(of campaign: String, sentTo customer: CustomerID, by end: Timestamp) throws -> RunID?
    {
        try fetch(
            """
            SELECT runs.id FROM recipients JOIN runs ON runs.number = recipients.run
            WHERE recipients.customer = ? AND recipients.state IN (\(RecipientState.sent)) AND runs.campaign = ?
            AND recipients.first <= ? ORDER BY recipients.first DESC, runs.number DESC LIMIT 1
            """, [customer.text, campaign, end.milliseconds]
        ) { RunID($0[0]) }.first
    }

    /// The campaign that a run is of.
    package func campaign(of run: RunID) throws -> String? {
        try fetch("SELECT campaign FROM runs WHERE id = ?", [run.text]) { $0[0] as String }.first
    }
}
