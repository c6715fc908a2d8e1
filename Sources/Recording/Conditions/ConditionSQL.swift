import Campaigns
import Foundation
import GRDB
import Model
import Value

/// Conditions as SQL over a row of `customers`, every literal a bound argument.
///
/// SQL knows a third truth value: what is compared with NULL is neither true nor false. A condition takes it for
/// false, so `AND` and `OR` are right as they are, and only `not` has to say so. That SQL and memory agree is held
/// by tests on random conditions and customers.
struct ConditionSQL {
    let definitions: Definitions
    /// What RFM groups are told by; nil where nobody measured customers for it.
    let scales: RFMScales?
    let now: Timestamp
    /// The workspace's.
    let zone: TimeZone
    /// The segments being written out, so that a circle ends.
    private var segments: Set<String> = []

    init(definitions: Definitions, scales: RFMScales?, now: Timestamp, zone: TimeZone) {
        (self.definitions, self.scales, self.now, self.zone) = (definitions, scales, now, zone)
    }

    /// - Throws: what cannot be decided.
    func condition(_ condition: Condition) throws(Unanswerable) -> SQL {
        switch condition {
        case .all(let members): return try joined(members, by: "AND")
        case .any(let members): return try joined(members, by: "OR")
        case .not(let condition): return "(\(try self.condition(condition)) IS NOT TRUE)"
        case .subscribed: return "(customers.consent = 'subscribed')"
        case .segment(let name, let place):
            guard let segment = definitions.segments[name] else { throw .unknownSegment(name, at: place) }
            var inner = self
            guard inner.segments.insert(name).inserted else { throw .segmentCircle(name, at: place) }
            return try inner.condition(segment.condition)
        case .compares(let operand, let comparison, let literal):
            return try self.operand(operand, in: literal.currency).compares(comparison, with: literal, self)
        case .isOneOf(let operand, let literals):
            return try self.operand(operand).isOne(of: literals, self)
        case .contains(let operand, let text): return try self.operand(operand).contains(text)
        case .isEmpty(let operand): return try self.operand(operand).isEmpty
        case .within(let operand, let period): return try self.operand(operand).isWithin(period, self)
        case .isOlder(let operand, let period): return try self.operand(operand).isOlder(than: period, self)
        case .withinNext(let operand, let period):
            return try self.operand(operand).isWithinNext(period, self)
        case .mail(let history): return mail(history)
        }
    }

    /// What happened in the last period, now included; everything without a period.
    func happened(_ column: SQL, within period: Period?) -> SQL {
        guard let period else { return "TRUE" }
        let start = now.subtracting(period, in: zone)
        return "(\(column) BETWEEN \(start.milliseconds) AND \(now.milliseconds))"
    }

    /// What customers have bought by now.
    var purchases: PurchaseSums { PurchaseSums(currency: definitions.currency, now: now, zone: zone) }

    private func mail(_ history: MailHistory) -> SQL {
        switch history.action {
        case .answered:
            """
            EXISTS (SELECT 1 FROM answers WHERE answers.customer = customers.id
            AND \(Self.isNamed(history.name, "answers.survey"))
            AND \(happened("answers.occurred", within: history.within)))
            """
        case .sent:
            """
            EXISTS (SELECT 1 FROM recipients JOIN runs ON runs.number = recipients.run
            WHERE recipients.customer = customers.id AND recipients.state IN (\(sql: RecipientState.sent))
            AND \(Self.isNamed(history.name, "runs.campaign"))
            AND \(happened("recipients.changed", within: history.within)))
            """
        case .opened: engaged(.opened, history)
        case .clicked: engaged(.clicked, history)
        }
    }

    private func engaged(_ kind: Engagement.Kind, _ history: MailHistory) -> SQL {
        """
        EXISTS (SELECT 1 FROM engagements JOIN runs ON runs.id = engagements.run
        WHERE engagements.customer = customers.id AND engagements.kind = \(kind.rawValue)
        AND \(Self.isNamed(history.name, "runs.campaign"))
        AND \(happened("engagements.occurred", within: history.within)))
        """
    }

    private static func isNamed(_ name: String?, _ column: SQL) -> SQL {
        name.map { "\(column) = \($0)" } ?? "TRUE"
    }

    private func joined(_ members: [Condition], by word: String) throws(Unanswerable) -> SQL {
        var parts: [SQL] = []
        for member in members { parts.append(try condition(member)) }
        return parts[...].balanced(by: word)
    }
}

extension ArraySlice where Element == SQL {
    /// The parts joined in pairs of pairs: SQLite takes expressions of some depth only, and to it `a AND b AND c` is
    /// deeper than `a AND b`.
    func balanced(by word: String) -> SQL {
        guard count > 1 else { return first ?? "FALSE" }
        let middle = startIndex + count / 2
        let halves = (self[..<middle].balanced(by: word), self[middle...].balanced(by: word))
        return "(\(halves.0) \(sql: word) \(halves.1))"
    }
}

extension Literal {
    var currency: Currency? {
        if case .money(let money) = self { money.currency } else { nil }
    }
}
