import Campaigns
import GRDB
import Model

/// What is asked about the A/B tests of runs.
extension IndexView {
    /// When a run's A/B test is decided at the earliest; nil without one.
    package func decides(_ run: RunID) throws -> Timestamp? {
        try fetch("SELECT decides FROM runs WHERE id = ? AND decides IS NOT NULL", [run.text]) {
            Timestamp(milliseconds: $0[0])
        }.first
    }

    /// What a run's A/B test has shown, and when that was decided; nil before that.
    package func decision(of run: RunID) throws -> (decision: RunDecision, at: Timestamp)? {
        try fetch(
            "SELECT decisions.* FROM decisions JOIN runs ON runs.number = decisions.run WHERE id = ?",
            [run.text]
        ) { (try DecisionRows.decision($0, of: run), Timestamp(milliseconds: $0["decided"])) }.first
    }

    /// From when on those who are due wait for the decision of a run's A/B test; nil where nobody does, since there is
    /// none or it is decided.
    package func hold(of run: RunID) throws -> Timestamp? {
        guard let decides = try decides(run), try decision(of: run) == nil else { return nil }
        return decides
    }

    /// How many recipients of a run were never tried, and when the first and the last of them is due; nil when there
    /// are none.
    /// - Parameters:
    ///   - start: only those who are due then or later.
    ///   - end: only those who are due before.
    package func waiting(
        in run: RunID, from start: Timestamp? = nil, before end: Timestamp? = nil
    ) throws -> DueCount? {
        try dueCount(
            "due",
            """
            FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?)
            AND state = 'planned' AND due >= ? AND due < ?
            """, [run.text, start?.milliseconds ?? .min, end?.milliseconds ?? .max])
    }

    /// When a relay last accepted one of a run's messages at its first attempt.
    package func lastFirstAcceptance(in run: RunID) throws -> Timestamp? {
        try fetch(
            """
            SELECT max(changed) FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?)
            AND state = 'accepted' AND attempt <= 1
            """, [run.text]
        ) { ($0[0] as Int64?).map { Timestamp(milliseconds: $0) } }.first ?? nil
    }

    /// Those whose message of a run a relay has accepted, each with whether they have done since what is measured.
    /// - Parameters:
    ///   - surveys: an answer to which of them counts; to any when empty.
    ///   - end: what they did later does not count.
    package func responses(
        to run: RunID, by measure: SplitTest.Measure, surveys: [String], until end: Timestamp
    ) throws -> [(customer: CustomerID, did: Bool)] {
        let since = "customer = recipients.customer AND occurred BETWEEN recipients.changed AND ?"
        let did: (sql: String, arguments: StatementArguments)
        switch measure {
        case .orders:
            did = ("EXISTS (SELECT 1 FROM orders WHERE \(since))", [end.milliseconds])
        case .answers where surveys.isEmpty:
            did = ("EXISTS (SELECT 1 FROM answers WHERE \(since))", [end.milliseconds])
        case .answers:
            let marks = surveys.map { _ in "?" }.joined(separator: ", ")
            did = (
                "EXISTS (SELECT 1 FROM answers WHERE \(since) AND survey IN (\(marks)))",
                [end.milliseconds] + StatementArguments(surveys)
            )
        // A click names its run, so it came after the mail; the relay's word for that may have come later.
        case .clicks:
            did = (
                """
                EXISTS (SELECT 1 FROM engagements WHERE engagements.run = ? AND kind = 'clicked'
                AND customer = recipients.customer AND occurred <= ?)
                """, [run.text, end.milliseconds]
            )
        }
        return try fetch(
            """
            SELECT customer, \(did.sql) FROM recipients WHERE run = (SELECT number FROM runs WHERE id = ?)
            AND state = 'accepted'
            """, did.arguments + [run.text]
        ) { (CustomerID($0[0]), $0[1]) }
    }
}
