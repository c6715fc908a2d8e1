import Foundation
import Liquid
import Loyalty
import Model

/// Points, tier and rewards as templates see them, in one language. A class, since every recipient's scope has it.
final class PointsScope: Sendable {
    let programme: Programme
    let language: String
    /// The language of texts that are not written in this one.
    let fallback: String

    init(programme: Programme, language: String, fallback: String) {
        (self.programme, self.language, self.fallback) = (programme, language, fallback)
    }

    private static let points = Fields.Shape([
        "available", "pending", "unit", "worth", "next_reward", "expiring",
    ])
    private static let reward = Fields.Shape(["id", "text", "points", "missing", "percent"])
    private static let expiring = Fields.Shape(["points", "at"])
    private static let tier = Fields.Shape(["name", "earned", "next", "missing"])

    /// What templates see where there is no programme: no points, rather than an empty text.
    static let none = Value.object(Fields(shape: points, values: [.int(0), .int(0)]))

    /// What one point and many are called.
    var unit: MessageFilters.UnitName {
        MessageFilters.UnitName(one: text(programme.unit.one), many: text(programme.unit.many))
    }

    func points(_ statement: PointsStatement) -> Value {
        let available = statement.balance.available
        let next = statement.offers.next ?? statement.offers.rewards.last
        return .object(
            Fields(
                shape: Self.points,
                values: [
                    .int(Int(available)), .int(Int(statement.balance.pending)),
                    .string(unit.name(for: available)), Value(statement.worth),
                    next.map { reward($0, available: available) } ?? .null,
                    statement.expiring.map(expiring) ?? .null,
                ]))
    }

    func rewards(_ statement: PointsStatement) -> Value {
        let sorted = programme.rewards.sorted { $0.points < $1.points }
        return .array(sorted.map { reward($0, available: statement.balance.available) })
    }

    func tier(_ statement: PointsStatement) -> Value {
        guard let standing = statement.standing, let tier = standing.tier else { return .null }
        return .object(
            Fields(
                shape: Self.tier,
                values: [
                    .string(tier.name), .int(Int(standing.earned)), Value(standing.next?.name),
                    .int(Int(standing.missing)),
                ]))
    }

    private func reward(_ reward: Reward, available: Int64) -> Value {
        let has = min(max(available, 0), reward.points)
        // In full width, so that no balance is too large to be a share of; the share itself is at most 100.
        let percent =
            reward.points > 0
            ? reward.points.dividingFullWidth(has.multipliedFullWidth(by: 100)).quotient : 100
        return .object(
            Fields(
                shape: Self.reward,
                values: [
                    .string(reward.id), .string(text(reward.text)), .int(Int(reward.points)),
                    .int(Int(reward.points - has)), .int(Int(percent)),
                ]))
    }

    /// Expiry is an exclusive instant; what a customer wants to read is the last at which the points are there.
    private func expiring(_ upcoming: Upcoming) -> Value {
        let last = upcoming.at.advanced(milliseconds: -1).local(in: programme.zone)
        return .object(Fields(shape: Self.expiring, values: [.int(Int(upcoming.points)), Value(last)]))
    }

    private func text(_ text: LocalText) -> String {
        text[language: language] ?? text[language: language.primarySubtag] ?? text[language: fallback]
            ?? text.versions.first?.text ?? ""
    }
}
