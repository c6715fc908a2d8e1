import Campaigns
import GRDB
import Model

/// What an operand is in SQL, and thereby what can be asked about it.
///
/// Where the expression is over several rows, `over` is what follows `FROM`; the question is then asked inside that
/// query, so that the rows are looked at once.
enum OperandSQL {
    /// There is never a value.
    case missing
    case text(SQL)
    case language(SQL)
    /// The shop's own text.
    case attribute(SQL)
    /// Tags with a `|` around each.
    case tags(SQL)
    case whole(SQL, over: SQL? = nil)
    /// A sum of whole numbers that may leave their range, each of them so many `parts` of one.
    case sum(SQL, parts: Int64, over: SQL)
    /// Minor units, which are those of the literal's currency where `isComparable`.
    case money(SQL, isComparable: SQL)
    /// Milliseconds since 1970.
    case instant(SQL, over: SQL? = nil)
    /// An ISO date.
    case birthday(SQL)
    /// An NPS score that is compared by its group.
    case npsGroup(SQL)
    /// The tier's place among the programme's, from 0.
    case tier(SQL)
}

extension ConditionSQL {
    /// What an operand is.
    /// - Parameter currency: of the amount that it is compared with.
    func operand(_ operand: Operand, in currency: Currency? = nil) throws(Unanswerable) -> OperandSQL {
        switch operand.field {
        case .customer(let field): return Self.customer(field, in: currency)
        case .attribute(let name): return .attribute(Self.text(name, in: "customers.attributes"))
        case .points(let field): return .whole(points(field))
        case .tier: return definitions.programme?.tiers == nil ? .missing : .tier(tier)
        case .npsScore: return npsScore.map { .whole($0) } ?? .missing
        case .npsGroup: return npsScore.map { .npsGroup($0) } ?? .missing
        case .orders(let field, let period): return orders(field, within: period, in: currency)
        case .aggregate(let aggregate): return try sum(aggregate, in: currency)
        case .row(let field): return Self.line(field, in: currency)
        case .event("name"): return .attribute("events.name")
        case .event(let name): return .attribute(Self.text(name, in: "events.properties"))
        case .rfm:
            guard scales != nil else { throw .unmeasured(operand) }
            return .text(purchases.asked("boon_rfm"))
        case .ltv:
            let isComparable = currency.map { $0 == definitions.currency } ?? true
            return .money(purchases.asked("boon_ltv"), isComparable: isComparable ? "TRUE" : "FALSE")
        }
    }

    /// A text by name in a column of them. Names in conditions have no quotes and no backslashes.
    static func text(_ name: String, in column: SQL) -> SQL {
        "json_extract(\(column), \("$.\"\(name)\""))"
    }

    private static func customer(_ field: CustomerField, in currency: Currency?) -> OperandSQL {
        let column: SQL = "customers.\(sql: field.rawValue)"
        switch field {
        case .locale: return .language(column)
        case .birthday: return .birthday(column)
        case .tags: return .tags(column)
        case .joined: return .instant(column)
        case .acquisitionCost:
            // `12.50 EUR`, with all the decimals that the currency has.
            let unit = " \(currency?.code ?? "")"
            let digits: SQL = "replace(replace(\(column), \(unit), ''), '.', '')"
            return .money("CAST(\(digits) AS BIGINT)", isComparable: "\(column) LIKE \("%\(unit)")")
        case .id, .email, .firstName, .lastName, .phone, .timezone, .country, .city, .gender, .channel,
            .consent:
            return .text(column)
        }
    }

    private static func line(_ field: RowField, in currency: Currency?) -> OperandSQL {
        let isComparable: SQL = "orders.currency = \(currency?.code)"
        return switch field {
        case .category: .text("order_lines.category")
        case .sku: .text("order_lines.sku")
        case .quantity: .whole("order_lines.quantity")
        case .cost: .money("order_lines.cost", isComparable: isComparable)
        case .total: .money("orders.total", isComparable: isComparable)
        case .channel: .text("orders.channel")
        case .currency: .text("orders.currency")
        }
    }

    /// The last score of 0 to 10; nil where no survey asks for one.
    private var npsScore: SQL? {
        let questions = definitions.npsQuestions.sorted().map { name in
            "(answers.survey = \(name.survey) AND answers.question = \(name.question))" as SQL
        }
        if questions.isEmpty { return nil }
        let scores = NPSGroup.scores.keys.sorted().map { "\($0)" as SQL }.joined(separator: ", ")
        return """
            (SELECT CAST(answers.value AS BIGINT) FROM answers WHERE answers.customer = customers.id
            AND \(questions[...].balanced(by: "OR")) AND answers.value IN (\(scores))
            ORDER BY answers.occurred DESC, answers.seq DESC LIMIT 1)
            """
    }
}
