import GRDB
import Model

/// Something that happened to a customer, which a campaign may follow.
package struct Happened: Hashable, Sendable {
    /// What tells it from everything else that can happen: `order:o-17`.
    package let key: String
    package let customer: CustomerID
    package let occurred: Timestamp
    /// The customer's zone, as written.
    package let timezone: String?

    /// Something that happened.
    package init(key: String, customer: CustomerID, occurred: Timestamp, timezone: String? = nil) {
        (self.key, self.customer, self.occurred, self.timezone) = (key, customer, occurred, timezone)
    }
}

/// What can happen to a customer, as the stores know it.
package enum HappeningKind: Hashable, Sendable {
    case order
    case firstOrder
    case joined
    /// An answer; of one of the surveys, and to the questions of some kind only where they are named.
    case answer([AnswerFilter])
    /// An event of this name.
    case event(String)

    /// Which answers are meant.
    package struct AnswerFilter: Hashable, Sendable {
        package let survey: String
        /// The question and the answers to it that count; nil for any answer to the survey.
        package let question: String?
        package let values: [String]

        /// Any answer to a survey, or some answers to one question of it.
        package init(survey: String, question: String? = nil, values: [String] = []) {
            (self.survey, self.question, self.values) = (survey, question, values)
        }
    }
}

extension IndexView {
    /// What happened in a stretch of time and a campaign has not followed yet, the earliest first.
    ///
    /// The key of an order, an event or an answer's wave is its own; a first order and joining are once a customer's,
    /// whatever dates are imported later.
    /// - Parameters:
    ///   - kind: what happened.
    ///   - campaign: whose decisions count.
    ///   - occurred: when it happened.
    ///   - after: only what comes later in this order; nil for all.
    ///   - limit: how many at most.
    package func unfollowed(
        _ kind: HappeningKind, by campaign: String, occurred: ClosedRange<Timestamp>, after: Happened? = nil,
        limit: Int
    ) throws -> [Happened] {
        let (source, arguments) = kind.source
        let first = max(occurred.lowerBound, after?.occurred ?? occurred.lowerBound)
        let bounds: StatementArguments = [
            first.milliseconds, occurred.upperBound.milliseconds, first.milliseconds, after?.key ?? "",
            campaign, limit,
        ]
        return try fetch(
            """
            SELECT event, customer, occurred, (SELECT timezone FROM customers WHERE id = happened.customer)
            FROM (\(source)) AS happened
            WHERE occurred BETWEEN ? AND ? AND (occurred > ? OR event > ?) AND NOT EXISTS
            (SELECT 1 FROM triggered WHERE campaign = ? AND triggered.event = happened.event)
            ORDER BY occurred, event LIMIT ?
            """, arguments + bounds
        ) { row in
            Happened(
                key: row[0], customer: CustomerID(row[1]), occurred: Timestamp(milliseconds: row[2]),
                timezone: row[3])
        }
    }
}

extension HappeningKind {
    /// A query with the columns `event`, `customer` and `occurred`.
    fileprivate var source: (sql: String, arguments: StatementArguments) {
        switch self {
        case .order: ("SELECT 'order:' || id AS event, customer, occurred FROM orders", [])
        case .firstOrder:
            (
                """
                SELECT 'first order:' || customer AS event, customer, occurred FROM orders AS first
                WHERE NOT EXISTS (SELECT 1 FROM orders AS earlier WHERE earlier.customer = first.customer
                AND (earlier.occurred < first.occurred OR (earlier.occurred = first.occurred AND earlier.id < first.id)))
                """, []
            )
        case .joined:
            (
                "SELECT 'joined:' || id AS event, id AS customer, joined AS occurred FROM customers WHERE joined IS NOT NULL",
                []
            )
        case .event(let name):
            ("SELECT 'event:' || id AS event, customer, occurred FROM events WHERE name = ?", [name])
        case .answer(let filters):
            (
                """
                SELECT 'answer:' || survey || '/' || wave || '/' || customer AS event, customer, occurred
                FROM answers AS later WHERE \(Self.condition(filters)) AND NOT EXISTS (SELECT 1 FROM answers AS earlier
                WHERE earlier.customer = later.customer AND earlier.survey = later.survey
                AND earlier.wave = later.wave AND earlier.seq < later.seq AND \(Self.condition(filters, of: "earlier.")))
                """, Self.arguments(filters) + Self.arguments(filters)
            )
        }
    }

    private static func condition(_ filters: [AnswerFilter], of table: String = "") -> String {
        let parts = filters.map { filter in
            guard filter.question != nil else { return "\(table)survey = ?" }
            let marks = filter.values.map { _ in "?" }.joined(separator: ", ")
            return "\(table)survey = ? AND \(table)question = ? AND \(table)value IN (\(marks))"
        }
        return parts.isEmpty ? "1 = 1" : "(\(parts.joined(separator: " OR ")))"
    }

    private static func arguments(_ filters: [AnswerFilter]) -> StatementArguments {
        StatementArguments(filters.flatMap { [$0.survey] + [$0.question].compactMap(\.self) + $0.values })
    }
}
