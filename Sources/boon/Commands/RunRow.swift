import Model
import Recording

/// A run as listings show it.
struct RunRow: Encodable {
    let run: String
    let campaign: String
    let planned: Timestamp
    let state: String
    let reason: String?
    /// What an open run waits for.
    let waits: RunWait?
    let ended: Timestamp?
    let recipients: Int
    let states: [String: Int]

    init(_ summary: RunSummary, waits: RunWait?) {
        (run, campaign) = (summary.run.id.text, summary.run.campaign)
        (planned, ended) = (summary.planned, summary.ended)
        (state, reason, self.waits) = (summary.state.rawValue, summary.reason, waits)
        recipients = summary.run.recipients
        states = Dictionary(uniqueKeysWithValues: summary.counts.map { ($0.key.rawValue, $0.value) })
    }

    /// `3 deferred, 1 refused`
    var others: String {
        states.filter { $0.key != "accepted" }.sorted { $0.key < $1.key }
            .map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
    }
}
