import GRDB
import Model

/// What A/B tests have shown, as rows of the index, both ways.
struct DecisionRows {
    private let insert: Write

    init(_ database: Database) throws {
        insert = try Write(
            database,
            "INSERT INTO decisions VALUES ((SELECT number FROM runs WHERE id = ?), ?, ?, ?, ?)")
    }

    func add(_ decision: RunDecision, at: Timestamp, in database: Database) throws {
        try insert(database) { row in
            row.bind(decision.run.text)
            row.bind(decision.variant.map { Int64($0) })
            row.bind(Self.text(of: decision.shares))
            row.bind(decision.verdict.rawValue)
            row.bind(at)
        }
    }

    static func decision(_ row: Row, of run: RunID) throws -> RunDecision {
        RunDecision(
            run: run, variant: row["variant"], shares: try shares(row["shares"]),
            verdict: try row.word("verdict", named: "the verdict on an A/B test"))
    }

    /// `100 3,98 20`: to how many a variant was sent, and how many of them did what is measured.
    private static func text(of shares: [RunDecision.Share]) -> String {
        shares.map { "\($0.sent) \($0.did)" }.joined(separator: ",")
    }

    private static func shares(_ text: String) throws -> [RunDecision.Share] {
        try text.split(separator: ",").map { share in
            let numbers = share.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2 else {
                throw StoreError.index(reason: "the shares of an A/B test are '\(text)'")
            }
            return RunDecision.Share(sent: numbers[0], did: numbers[1])
        }
    }
}
