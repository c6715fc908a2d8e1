import Model

/// Conditions in the words in which they are written. Reading what is printed gives the same condition.
extension Condition: CustomStringConvertible {
    package var description: String {
        switch self {
        case .all(let members): members.map { $0.grouped(within: .all) }.joined(separator: " and ")
        case .any(let members): members.map { $0.grouped(within: .any) }.joined(separator: " or ")
        case .not(let condition): "not \(condition.grouped(within: .not))"
        case .subscribed: "subscribed"
        case .segment(let name, _): name
        case .compares(let operand, let comparison, let literal):
            "\(operand) \(comparison.rawValue) \(literal)"
        case .isOneOf(let operand, let literals):
            "\(operand) in [\(literals.map(\.description).joined(separator: ", "))]"
        case .contains(let operand, let text): "\(operand) contains \(Literal.text(text))"
        case .isEmpty(let operand): "\(operand) is empty"
        case .within(let operand, let period): "\(operand) within \(period)"
        case .isOlder(let operand, let period): "\(operand) older than \(period)"
        case .withinNext(let operand, let period): "\(operand) within next \(period)"
        case .mail(let history): history.description
        }
    }

    private enum Context { case all, any, not }

    private func grouped(within context: Context) -> String {
        switch (self, context) {
        case (.any, .all), (.any, .not), (.all, .not), (.any, .any), (.all, .all): "(\(self))"
        default: description
        }
    }
}

extension Operand: CustomStringConvertible {
    package var description: String { field.description }
}

extension Operand.Field: CustomStringConvertible {
    package var description: String {
        switch self {
        case .customer(let field): field.rawValue
        case .attribute(let name): "attributes.\(name)"
        case .points(let field): "points.\(field.rawValue)"
        case .tier: "tier"
        case .rfm: "rfm"
        case .ltv: "ltv"
        case .npsScore, .npsGroup: "nps"
        case .orders(let field, let period): "orders.\(field.rawValue)\(period.map { " within \($0)" } ?? "")"
        case .aggregate(let aggregate): aggregate.description
        case .row(let field): field.rawValue
        case .event(let name): name
        }
    }
}

extension Aggregate: CustomStringConvertible {
    package var description: String {
        let rows =
            switch function {
            case .countOrders: "count(orders"
            case .sumOrders(let summand): "sum(orders.\(summand.rawValue)"
            case .countEvents: "count(events"
            case .sumEvents(let name): "sum(events.\(name)"
            }
        return rows + (condition.map { " where \($0)" } ?? "") + (within.map { " within \($0)" } ?? "") + ")"
    }
}

extension MailHistory: CustomStringConvertible {
    package var description: String {
        let what = name.map { Literal.text($0).description } ?? "any"
        return "\(action.rawValue) \(what)\(within.map { " within \($0)" } ?? "")"
    }
}

extension Literal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): Self.needsQuotes(text) ? Self.quote(text) : text
        case .number(let number): number.description
        case .money(let money): money.description
        case .date(let date): date.description
        }
    }

    /// Words begin with a letter, so that they are not taken for numbers and dates.
    private static func needsQuotes(_ text: String) -> Bool {
        let letters = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        let isWord =
            letters.first == true
            && zip(text.utf8, letters).allSatisfy { byte, isLetter in
                isLetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        return !isWord || ConditionWords.keywords.contains(text)
    }

    private static func quote(_ text: String) -> String {
        var bytes = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
