import Model

/// The values on the right of a comparison, each read as what the left side is.
extension ConditionParser {
    /// The literal that begins here, and the operand it fits: `nps` becomes a score or a group by it.
    mutating func literal(for operand: Operand) throws(ConditionProblem) -> (Operand, Literal) {
        switch operand.field.type {
        case .text, .language: return (operand, .text(try word("a text")))
        case .country: return (operand, .text(try country()))
        case .number: return (operand, .number(try number()))
        case .money: return (operand, .money(try money()))
        case .instant, .birthday: return (operand, .date(try date()))
        case .words(let known): return (operand, .text(try word(among: known)))
        case .tier: return (operand, .text(try word("a tier")))
        case .attribute: return (operand, try anything())
        case .nps: return try nps(operand)
        case .tags: throw problem("tags are not compared", hint: "write `tags contains vip`")
        }
    }

    /// A word or a quoted text.
    mutating func word(_ expected: String) throws(ConditionProblem) -> String {
        switch current.kind {
        case .quoted(let text):
            advance()
            return text
        case .word(let word) where !ConditionWords.keywords.contains(word):
            advance()
            return word
        case .word(let word):
            throw problem(
                "\(expected) is expected, not the keyword `\(word)`", hint: "put it in quotes if it is meant")
        default: throw problem("\(expected) is expected, not \(described(current))")
        }
    }

    private mutating func word(among known: [String]) throws(ConditionProblem) -> String {
        let token = current
        switch token.kind {
        case .word(let word), .quoted(let word):
            if !known.contains(word) {
                note(
                    problem(
                        "unknown value `\(word)`",
                        hint: Nearest.hint(for: word, among: known, called: "values")))
            }
            advance()
            return word
        default: throw problem("a word is expected, not \(described(token))")
        }
    }

    private mutating func country() throws(ConditionProblem) -> String {
        let start = current
        let code = try word("a country")
        guard code.utf8.count == 2,
            code.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) })
        else {
            note(
                ConditionProblem(
                    message: "a country is two letters, not `\(code)`", hint: "ISO 3166: `EE`, `FI`",
                    offset: start.offset))
            return code
        }
        return code.uppercased()
    }

    private mutating func number() throws(ConditionProblem) -> DecimalNumber {
        guard case .word(let word) = current.kind, let number = DecimalNumber(word) else {
            throw problem("a number is expected, not \(described(current))")
        }
        advance()
        return number
    }

    /// `200 EUR`, or `200` in the workspace's currency.
    private mutating func money() throws(ConditionProblem) -> Money {
        guard case .word(let amount) = current.kind, DecimalNumber(amount) != nil else {
            throw problem("an amount such as `30 EUR` is expected, not \(described(current))")
        }
        let start = current
        advance()
        var currency = currency
        if case .word(let code) = current.kind, let named = Currency(code), named.code == code {
            currency = named
            advance()
        }
        guard let money = Money(decimal: amount, currency) else {
            throw ConditionProblem(
                message: "`\(amount)` is no amount of \(currency)",
                hint: "it has \(currency.minorDigits) decimals at most",
                offset: start.offset)
        }
        return money
    }

    private mutating func date() throws(ConditionProblem) -> CalendarDate {
        guard case .word(let word) = current.kind, let date = CalendarDate(word) else {
            throw problem("a date such as `2026-12-01` is expected, not \(described(current))")
        }
        advance()
        return date
    }

    /// A number, a date or a text, by its looks; in quotes always a text.
    private mutating func anything() throws(ConditionProblem) -> Literal {
        if case .word(let word) = current.kind {
            if let number = DecimalNumber(word) {
                advance()
                return .number(number)
            }
            if let date = CalendarDate(word) {
                advance()
                return .date(date)
            }
        }
        return .text(try word("a value"))
    }

    private mutating func nps(_ operand: Operand) throws(ConditionProblem) -> (Operand, Literal) {
        if case .word(let word) = current.kind, let number = DecimalNumber(word) {
            advance()
            return (Operand(.npsScore, at: operand.place), .number(number))
        }
        return (Operand(.npsGroup, at: operand.place), .text(try word(among: ConditionWords.npsGroups)))
    }
}

extension Literal {
    /// Whether two literals can stand in one list.
    func hasSameKind(as other: Literal) -> Bool {
        switch (self, other) {
        case (.text, .text), (.number, .number), (.money, .money), (.date, .date): true
        default: false
        }
    }
}
