/// What can be asked about a field.
enum OperandType {
    case text
    /// Compared by language range.
    case language
    /// Two letters.
    case country
    case number
    case money
    /// A moment in the past.
    case instant
    case birthday
    case tags
    /// The shop's own field: whatever the other side is.
    case attribute
    /// One of these words.
    case words([String])
    case tier
    /// A score or a group.
    case nps

    /// In words, for a message.
    var description: String {
        switch self {
        case .text: "a text"
        case .language: "a language"
        case .country: "a country"
        case .number: "a number"
        case .money: "an amount of money"
        case .instant: "a time"
        case .birthday: "a day of the year"
        case .tags: "a list of tags"
        case .attribute: "a field of the shop's own"
        case .words, .tier: "a word"
        case .nps: "a score or a group"
        }
    }

    /// Whether `<` and its kin make sense.
    var isOrdered: Bool {
        switch self {
        case .number, .money, .instant, .birthday, .tier, .attribute, .nps: true
        case .text, .language, .country, .tags, .words: false
        }
    }
}

extension Operand.Field {
    /// What can be asked about the field.
    var type: OperandType {
        switch self {
        case .customer(let field): field.type
        case .attribute, .event: .attribute
        case .points: .number
        case .tier: .tier
        case .rfm: .words(ConditionWords.rfmGroups)
        case .ltv: .money
        case .npsScore, .npsGroup: .nps
        case .orders(let field, _): field.type
        case .aggregate(let aggregate): aggregate.function.type
        case .row(let field): field.type
        }
    }

    /// Whether there may be no value: a sum over nothing is 0.
    var canBeEmpty: Bool {
        switch self {
        case .points, .orders(.count, _), .orders(.total, _), .aggregate: false
        default: true
        }
    }
}

extension CustomerField {
    fileprivate var type: OperandType {
        switch self {
        case .id, .email, .firstName, .lastName, .phone, .timezone, .city, .gender, .channel: .text
        case .locale: .language
        case .country: .country
        case .birthday: .birthday
        case .tags: .tags
        case .acquisitionCost: .money
        case .joined: .instant
        case .consent: .words(["subscribed", "unsubscribed", "pending"])
        }
    }
}

extension OrdersField {
    fileprivate var type: OperandType {
        switch self {
        case .count: .number
        case .total: .money
        case .last, .first: .instant
        }
    }
}

extension Aggregate.Function {
    fileprivate var type: OperandType {
        switch self {
        case .countOrders, .countEvents, .sumEvents, .sumOrders(.quantity): .number
        case .sumOrders(.total), .sumOrders(.cost): .money
        }
    }
}

extension RowField {
    fileprivate var type: OperandType {
        switch self {
        case .category, .sku, .channel, .currency: .text
        case .quantity: .number
        case .total, .cost: .money
        }
    }
}
