import Model

extension Condition {
    /// Whether the condition holds for a customer.
    /// - Throws: what cannot be decided.
    package func holds(for facts: Facts) throws(Unanswerable) -> Bool {
        var evaluation = Evaluation(facts: facts)
        return try evaluation.holds(self)
    }
}

/// Decides conditions for one customer, or for one order line or event inside an aggregate.
struct Evaluation {
    let facts: Facts
    /// What `row` and `event` operands look at.
    var row: Row?
    /// The segments met so far, nil while one is being decided: each is decided once however often it is named, and
    /// a circle ends.
    private var segments: [String: Bool?] = [:]

    /// One line of an order, or one event.
    enum Row {
        case line(OrderLine, of: Order)
        case event(CustomerEvent)
    }

    init(facts: Facts, row: Row? = nil) {
        (self.facts, self.row) = (facts, row)
    }

    mutating func holds(_ condition: Condition) throws(Unanswerable) -> Bool {
        switch condition {
        case .all(let members):
            for member in members where try !holds(member) { return false }
            return true
        case .any(let members):
            for member in members where try holds(member) { return true }
            return false
        case .not(let condition): return try !holds(condition)
        case .subscribed: return facts.customer.consent == .subscribed
        case .segment(let name, let place): return try belongs(to: name, at: place)
        case .compares(let operand, let comparison, let literal):
            return try compares(operand, comparison, literal)
        case .isOneOf(let operand, let literals):
            let value = try value(of: operand)
            return literals.contains { value.compares(.equal, with: $0, facts) }
        case .contains(let operand, let text): return try value(of: operand).contains(text)
        case .isEmpty(let operand): return try value(of: operand).isEmpty
        case .within(let operand, let period): return try value(of: operand).isWithin(period, of: facts)
        case .isOlder(let operand, let period): return try value(of: operand).isOlder(than: period, of: facts)
        case .withinNext(let operand, let period):
            return try value(of: operand).isWithinNext(period, of: facts)
        case .mail(let history): return !instants(of: history).isEmpty
        }
    }

    private mutating func belongs(to name: String, at place: Place) throws(Unanswerable) -> Bool {
        guard let segment = facts.segments[name] else { throw .unknownSegment(name, at: place) }
        if let known = segments[name] {
            guard let holds = known else { throw .segmentCircle(name, at: place) }
            return holds
        }
        segments[name] = .some(nil)
        let holds = try holds(segment.condition)
        segments[name] = holds
        return holds
    }

    private func compares(
        _ operand: Operand, _ comparison: Condition.Comparison, _ literal: Literal
    ) throws(Unanswerable) -> Bool {
        try value(of: operand, in: literal.currency).compares(comparison, with: literal, facts)
    }

    /// When such mails were sent or used, or answers given.
    func instants(of history: MailHistory) -> [Timestamp] {
        let named: (String) -> Bool = { name in history.name.map { $0 == name } ?? true }
        let instants: [Timestamp] =
            switch history.action {
            case .sent: facts.responses.mails.filter { named($0.campaign) }.map(\.at)
            case .answered: facts.responses.answers.filter { named($0.survey) }.map(\.occurred)
            case .opened: engagements(.opened).filter { named($0.campaign) }.map(\.at)
            case .clicked: engagements(.clicked).filter { named($0.campaign) }.map(\.at)
            }
        guard let period = history.within else { return instants }
        let start = facts.now.subtracting(period, in: facts.zone)
        return instants.filter { start <= $0 && $0 <= facts.now }
    }

    private func engagements(_ kind: Engagement.Kind) -> [EngagedMail] {
        facts.responses.engagements.filter { $0.kind == kind }
    }
}

extension Literal {
    var currency: Currency? {
        if case .money(let money) = self { money.currency } else { nil }
    }
}
