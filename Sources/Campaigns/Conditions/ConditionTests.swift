import Model

/// What is asked about an operand, and whether that makes sense.
extension ConditionParser {
    /// Whether a test begins here.
    var startsTest: Bool {
        switch current.kind {
        case .comparison: true
        case .word(let word): ["in", "contains", "is", "within", "older"].contains(word)
        default: false
        }
    }

    mutating func test(_ operand: Operand) throws(ConditionProblem) -> Condition {
        let token = current
        switch token.kind {
        case .comparison(let comparison): return try compare(operand, comparison)
        case .word("in"):
            advance()
            return try membership(operand)
        case .word("contains"): return try contains(operand)
        case .word("is"):
            advance()
            guard operand.field.canBeEmpty else {
                throw problem("a sum is never empty", hint: "compare it with 0")
            }
            try expectWord("empty", after: "is")
            return .isEmpty(operand)
        case .word("within") where scope == .customer: return try within(operand)
        case .word("older") where scope == .customer: return try older(operand)
        default:
            throw problem(
                "a comparison is expected, not \(described(token))",
                hint: "such as `== x`, `in [x, y]`, `contains x` or `is empty`")
        }
    }

    private mutating func compare(
        _ operand: Operand, _ comparison: Condition.Comparison
    ) throws(ConditionProblem) -> Condition {
        let type = operand.field.type
        if case .tags = type { throw problem("tags are not compared", hint: "write `tags contains vip`") }
        let isOrdering = comparison != .equal && comparison != .notEqual
        guard !isOrdering || type.isOrdered else {
            throw problem("\(type.description) can only be compared with == and !=")
        }
        advance()
        let value = current
        let (operand, literal) = try literal(for: operand)
        if isOrdering, case .text = literal, operand.field != .tier {
            throw ConditionProblem(
                message: "a text can only be compared with == and !=", offset: value.offset)
        }
        return .compares(operand, comparison, literal)
    }

    private mutating func membership(_ operand: Operand) throws(ConditionProblem) -> Condition {
        switch operand.field.type {
        case .tags: throw problem("tags are not compared", hint: "write `tags contains vip`")
        case .money, .instant, .birthday:
            throw problem(
                "\(operand.field.type.description) is not one of a list", hint: "compare it with < and >")
        default: break
        }
        guard take(.openList) else { throw problem("`[` is expected after `in`, not \(described(current))") }
        var (subject, literals) = (operand, [Literal]())
        repeat {
            let start = current
            let (found, literal) = try literal(for: operand)
            guard literals.isEmpty || (found == subject && literal.hasSameKind(as: literals[0])) else {
                throw ConditionProblem(message: "the members of a list are of one kind", offset: start.offset)
            }
            subject = found
            literals.append(literal)
        } while take(.comma)
        guard take(.closeList) else { throw problem("`,` or `]` is expected, not \(described(current))") }
        return .isOneOf(subject, literals)
    }

    private mutating func contains(_ operand: Operand) throws(ConditionProblem) -> Condition {
        switch operand.field.type {
        case .tags, .text, .attribute: break
        default:
            throw problem("\(operand.field.type.description) contains nothing", hint: "compare it with ==")
        }
        advance()
        return .contains(operand, try word("a text"))
    }

    private mutating func within(_ operand: Operand) throws(ConditionProblem) -> Condition {
        let start = current
        advance()
        let isNext = takeWord("next")
        let allowed: Bool =
            switch operand.field.type {
            case .instant: !isNext
            case .birthday: isNext
            case .attribute: true
            default: false
            }
        guard allowed else {
            let what = operand.field.type
            throw ConditionProblem(
                message:
                    "\(what.description) is not \(isNext ? "within the next days" : "within a duration")",
                hint: Self.windowHint(for: what), offset: start.offset)
        }
        let period = try period()
        return isNext ? .withinNext(operand, period) : .within(operand, period)
    }

    private static func windowHint(for type: OperandType) -> String? {
        switch type {
        case .birthday: "write `birthday within next 14 days`"
        case .instant: "times of customers lie in the past: leave out `next`"
        default: nil
        }
    }

    private mutating func older(_ operand: Operand) throws(ConditionProblem) -> Condition {
        switch operand.field.type {
        case .instant, .birthday, .attribute: break
        default: throw problem("\(operand.field.type.description) has no age")
        }
        advance()
        try expectWord("than", after: "older")
        return .isOlder(operand, try period())
    }
}
