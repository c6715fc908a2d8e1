import Model
import Value

/// Why a condition holds for a customer or does not: every part of it with what was found.
package struct Explanation: Hashable, Sendable {
    /// The test as written, `segment vip`, or `all of`, `any of` or `not` for what has parts.
    package let text: String
    package let holds: Bool
    /// The customer's value, or `nothing`; nil for what has parts.
    package let found: String?
    /// What it is made of, in the order written. A segment is taken apart where it is named first.
    package let parts: [Explanation]
}

extension Condition {
    /// Why the condition holds for a customer or does not. Every part is decided, also where an earlier one has
    /// settled the matter.
    /// - Throws: what cannot be decided.
    package func explanation(for facts: Facts) throws(Unanswerable) -> Explanation {
        var explainer = Explainer(facts: facts)
        return try explainer.explanation(of: self)
    }
}

private struct Explainer {
    let facts: Facts
    private var explained: Set<String> = []

    init(facts: Facts) {
        self.facts = facts
    }

    mutating func explanation(of condition: Condition) throws(Unanswerable) -> Explanation {
        let holds = try condition.holds(for: facts)
        switch condition {
        case .all(let members):
            return Explanation(text: "all of", holds: holds, found: nil, parts: try parts(members))
        case .any(let members):
            return Explanation(text: "any of", holds: holds, found: nil, parts: try parts(members))
        case .not(let condition):
            return Explanation(text: "not", holds: holds, found: nil, parts: try parts([condition]))
        case .segment(let name, _):
            let isNew = explained.insert(name).inserted
            let members = isNew ? facts.segments[name].map { [$0.condition] } ?? [] : []
            return Explanation(text: "segment \(name)", holds: holds, found: nil, parts: try parts(members))
        default:
            return Explanation(
                text: condition.description, holds: holds, found: try found(for: condition), parts: [])
        }
    }

    private mutating func parts(_ conditions: [Condition]) throws(Unanswerable) -> [Explanation] {
        var parts: [Explanation] = []
        for condition in conditions { parts.append(try explanation(of: condition)) }
        return parts
    }

    private func found(for condition: Condition) throws(Unanswerable) -> String? {
        let evaluation = Evaluation(facts: facts)
        switch condition {
        case .subscribed: return facts.customer.consent.rawValue
        case .compares(let operand, _, let literal):
            return try evaluation.value(of: operand, in: literal.currency).description(facts)
        case .isOneOf(let operand, _), .contains(let operand, _), .isEmpty(let operand),
            .within(let operand, _), .isOlder(let operand, _), .withinNext(let operand, _):
            return try evaluation.value(of: operand).description(facts)
        case .mail(let history):
            let instants = evaluation.instants(of: history)
            guard let last = instants.max() else { return "never" }
            let count = instants.count == 1 ? "once" : "\(instants.count) times, last"
            return "\(count) \(OperandValue.instant(last).description(facts))"
        case .all, .any, .not, .segment: return nil
        }
    }
}

extension OperandValue {
    /// As a person reads it, times in the workspace's zone.
    fileprivate func description(_ facts: Facts) -> String {
        switch self {
        case .missing, .tags([]): return "nothing"
        case .text(let text), .language(let text), .attribute(let text):
            return text.isEmpty ? "an empty text" : text
        case .tags(let tags): return tags.joined(separator: ", ")
        case .number(let millionths): return DecimalNumber.text(ofMillionths: millionths)
        case .money(let money): return money.description
        case .instant(let instant):
            let local = instant.local(in: facts.zone)
            let digits = [local.clock.hour, local.clock.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return "\(local.date) \(digits[0]):\(digits[1])"
        case .birthday(let date): return date.description
        case .rfm(let score):
            return "\(score.group.rawValue) (R \(score.recency), F \(score.frequency), M \(score.monetary))"
        case .tier(let rank): return facts.tiers[rank]
        }
    }
}
