import GRDB
import Model

/// What customers answered and did with mails, and what else happened to them, as rows of the index, both ways.
struct ResponseRows {
    private let insertAnswer: Write
    private let insertEvent: Write
    private let insertEngagement: Write

    init(_ database: Database) throws {
        insertAnswer = try Write(database, "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        insertEvent = try Write(
            database, "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
        insertEngagement = try Write(
            database, "INSERT INTO engagements VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
    }

    func add(_ answer: Answer, seq: Int64, in database: Database) throws {
        try insertAnswer(database) { row in
            row.bind(seq)
            row.bind(answer.customer.text)
            row.bind(answer.survey)
            row.bind(answer.wave)
            row.bind(answer.question)
            row.bind(answer.value)
            row.bind(answer.occurred)
            row.bind(answer.via)
        }
    }

    func add(_ event: CustomerEvent, seq: Int64, in database: Database) throws {
        try insertEvent(database) { row in
            row.bind(seq)
            row.bind(event.id)
            row.bind(event.customer.text)
            row.bind(event.name)
            row.bind(event.occurred)
            row.bind(JSONText.text(of: event.properties))
        }
    }

    func add(_ engagement: Engagement, seq: Int64, in database: Database) throws {
        try insertEngagement(database) { row in
            row.bind(seq)
            row.bind(engagement.id)
            row.bind(engagement.customer.text)
            row.bind(engagement.run.text)
            row.bind(engagement.kind.rawValue)
            row.bind(engagement.url)
            row.bind(engagement.occurred)
            row.bind(engagement.via)
        }
    }

    static func answer(_ row: Row) -> Answer {
        Answer(
            customer: CustomerID(row["customer"]), survey: row["survey"], wave: row["wave"],
            question: row["question"], value: row["value"],
            occurred: Timestamp(milliseconds: row["occurred"]), via: row["via"])
    }

    static func event(_ row: Row) throws -> CustomerEvent {
        CustomerEvent(
            id: row["id"], customer: CustomerID(row["customer"]), name: row["name"],
            occurred: Timestamp(milliseconds: row["occurred"]),
            properties: try JSONText.texts(row["properties"]))
    }

    static func engagement(_ row: Row) throws -> Engagement {
        Engagement(
            id: row["id"], customer: CustomerID(row["customer"]), run: RunID(row["run"]),
            kind: try row.word("kind", named: "what was done with a mail"), url: row["url"],
            occurred: Timestamp(milliseconds: row["occurred"]), via: row["via"])
    }
}
