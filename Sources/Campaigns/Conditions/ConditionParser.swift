import Model

extension Condition {
    /// Reads a condition.
    /// - Parameters:
    ///   - text: the condition as written.
    ///   - currency: of amounts that name none.
    ///   - place: where a byte of the text stands in the file.
    /// - Throws: `ConditionProblems`, all that are found.
    static func parse(
        _ text: String, currency: Currency, place: @escaping (Int) -> Place
    ) throws(ConditionProblems) -> Condition {
        let tokens: [ConditionToken]
        do { tokens = try ConditionLexer.tokens(of: text) } catch {
            throw ConditionProblems(all: [error], rest: nil)
        }
        var parser = ConditionParser(tokens: tokens, currency: currency, place: place)
        return try parser.parse()
    }
}

/// A recursive descent over the tokens of one condition. This file knows `and`, `or`, `not`, parentheses and what
/// can stand alone; operands and tests have files of their own.
///
/// What is wrong within one test is noted, and reading goes on behind that test; what is wrong with the sentence as a
/// whole is thrown, since whatever follows would be misread.
struct ConditionParser {
    /// What names mean at some point.
    enum Scope {
        case customer
        /// Inside `count(orders where ...)`.
        case orders
        /// Inside `count(events where ...)`.
        case events
    }

    let tokens: [ConditionToken]
    let currency: Currency
    let place: (Int) -> Place
    private(set) var index = 0
    var scope = Scope.customer
    private var depth = 0
    private var problems: [ConditionProblem] = []

    /// How deep parentheses and `not` may nest: far deeper than anyone can read.
    private static let maximumDepth = 32

    init(tokens: [ConditionToken], currency: Currency, place: @escaping (Int) -> Place) {
        (self.tokens, self.currency, self.place) = (tokens, currency, place)
    }

    mutating func parse() throws(ConditionProblems) -> Condition {
        let condition: Condition
        do { condition = try sentence() } catch {
            throw ConditionProblems(all: problems + [error], rest: nil)
        }
        guard problems.isEmpty else { throw ConditionProblems(all: problems, rest: condition) }
        return condition
    }

    private mutating func sentence() throws(ConditionProblem) -> Condition {
        if tokens.count == 1 {
            throw ConditionProblem(
                message: "the condition is empty", hint: "`subscribed` is everyone", offset: 0)
        }
        let condition = try alternatives()
        guard current.kind == .end else {
            throw problem(
                "\(described(current)) is not expected here", hint: "join conditions with `and` or `or`")
        }
        return condition
    }

    /// Conditions joined by `or`.
    mutating func alternatives() throws(ConditionProblem) -> Condition {
        var members = [try requirements()]
        while takeWord("or") { members.append(try requirements()) }
        return Condition.joining(members, any: true)
    }

    private mutating func requirements() throws(ConditionProblem) -> Condition {
        var members = [try negation()]
        while takeWord("and") { members.append(try negation()) }
        return Condition.joining(members, any: false)
    }

    private mutating func negation() throws(ConditionProblem) -> Condition {
        guard takeWord("not") else { return try primary() }
        return .not(try nested { (parser) throws(ConditionProblem) in try parser.negation() })
    }

    private mutating func primary() throws(ConditionProblem) -> Condition {
        guard current.kind == .open else { return try predicate() }
        let opening = current
        advance()
        let condition = try nested { (parser) throws(ConditionProblem) in try parser.alternatives() }
        guard take(.close) else {
            throw ConditionProblem(message: "the parenthesis is never closed", offset: opening.offset)
        }
        return condition
    }

    private mutating func nested(
        _ body: (inout ConditionParser) throws(ConditionProblem) -> Condition
    ) throws(ConditionProblem) -> Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw problem(
                "conditions nest deeper than \(Self.maximumDepth) levels", hint: "make a part of it a segment"
            )
        }
        return try body(&self)
    }

    /// What is true or false by itself; `subscribed` stands in for one with something wrong in it.
    private mutating func predicate() throws(ConditionProblem) -> Condition {
        let start = index
        do { return try soundPredicate() } catch {
            let isBegun = index > start || tokens[start].isName
            guard isBegun else { throw error }
            note(error)
            skipPredicate(from: start, misread: error.offset)
            return .subscribed
        }
    }

    /// Goes to the `and`, `or` or `)` behind the predicate, or to the end.
    /// - Parameter offset: where something else was expected; an `and` there joins nothing.
    private mutating func skipPredicate(from start: Int, misread offset: Int) {
        var depth = 0
        index = start
        while current.kind != .end {
            let isJoining = current.kind == .close || current.offset != offset
            if depth == 0 && endsCondition && isJoining { return }
            switch current.kind {
            case .open, .openList: depth += 1
            case .close, .closeList: depth = max(0, depth - 1)
            default: break
            }
            advance()
        }
    }

    private mutating func soundPredicate() throws(ConditionProblem) -> Condition {
        let start = current
        guard case .word(let word) = start.kind else {
            throw problem("a condition is expected, not \(described(start))")
        }
        if scope == .customer {
            if let action = MailHistory.Action(rawValue: word) { return try mail(action) }
            if word == "subscribed" {
                advance()
                return .subscribed
            }
        }
        if let operand = try operand() {
            if endsCondition {
                throw ConditionProblem(
                    message: "`\(operand)` alone is no condition",
                    hint: "compare it, or ask whether it `is empty`",
                    offset: start.offset)
            }
            return try test(operand)
        }
        guard scope == .customer, !ConditionWords.keywords.contains(word) else {
            throw unknown(word, at: start)
        }
        advance()
        // A word before a comparison was meant as a field; alone it names a segment.
        if startsTest { throw unknown(word, at: start) }
        return .segment(word, place(start.offset))
    }

    private func unknown(_ word: String, at token: ConditionToken) -> ConditionProblem {
        if ConditionWords.keywords.contains(word) {
            return ConditionProblem(message: "a condition is expected, not `\(word)`", offset: token.offset)
        }
        let known = scope == .orders ? ConditionWords.rowFields : ConditionWords.fields
        return ConditionProblem(
            message: "unknown field `\(word)`", hint: Nearest.hint(for: word, among: known, called: "fields"),
            offset: token.offset)
    }

    /// `sent november-thanks within 7 days`, `opened is empty`.
    private mutating func mail(_ action: MailHistory.Action) throws(ConditionProblem) -> Condition {
        let start = current
        advance()
        var history = MailHistory(action: action, name: nil, within: nil, place: place(start.offset))
        switch current.kind {
        case .word("any"): advance()
        case .quoted(let name):
            history.name = name
            advance()
        case .word(let name) where !ConditionWords.keywords.contains(name):
            history.name = name
            advance()
        default: break
        }
        if takeWord("within") { history.within = try period() }
        guard takeWord("is") else { return .mail(history) }
        try expectWord("empty", after: "is")
        return .not(.mail(history))
    }
}

// MARK: - Tokens

extension ConditionParser {
    var current: ConditionToken { tokens[index] }

    /// Whether nothing more belongs to the condition before this token.
    private var endsCondition: Bool {
        [.end, .close, .word("and"), .word("or")].contains(current.kind)
    }

    mutating func advance() {
        index = min(index + 1, tokens.count - 1)
    }

    mutating func take(_ kind: ConditionToken.Kind) -> Bool {
        guard current.kind == kind else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ word: String) -> Bool { take(.word(word)) }

    mutating func expectWord(_ word: String, after previous: String) throws(ConditionProblem) {
        guard takeWord(word) else {
            throw problem("`\(word)` is expected after `\(previous)`, not \(described(current))")
        }
    }

    /// `3 days`.
    mutating func period() throws(ConditionProblem) -> Period {
        let start = current
        guard case .word(let count) = start.kind,
            case .word(let unit) = tokens[min(index + 1, tokens.count - 1)].kind,
            let period = Formats.period.parse("\(count) \(unit)")
        else { throw problem("a duration such as `3 days` is expected, not \(described(start))") }
        advance()
        advance()
        return period
    }

    /// Keeps a problem that does not keep the rest from being read.
    mutating func note(_ problem: ConditionProblem) {
        problems.append(problem)
    }

    func problem(_ message: String, hint: String? = nil) -> ConditionProblem {
        ConditionProblem(message: message, hint: hint, offset: current.offset)
    }

    func described(_ token: ConditionToken) -> String {
        switch token.kind {
        case .word(let word): "`\(word)`"
        case .quoted(let text): "`\"\(text)\"`"
        case .comparison(let comparison): "`\(comparison.rawValue)`"
        case .open: "`(`"
        case .close: "`)`"
        case .openList: "`[`"
        case .closeList: "`]`"
        case .comma: "`,`"
        case .end: "the end"
        }
    }
}

extension Condition {
    /// Members joined in normal form: what joins one member is the member.
    static func joining(_ members: [Condition], any isAny: Bool) -> Condition {
        let flat = members.flatMap { member in
            switch member {
            case .any(let inner) where isAny: inner
            case .all(let inner) where !isAny: inner
            default: [member]
            }
        }
        if flat.count == 1 { return flat[0] }
        return isAny ? .any(flat) : .all(flat)
    }
}
