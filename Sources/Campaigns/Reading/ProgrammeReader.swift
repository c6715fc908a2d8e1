import Foundation
import Loyalty
import Model

/// A programme, and what only its file knows: where things stand and the parsed conditions of its challenges.
struct ProgrammeFile: Sendable {
    var programme: Programme
    var place: Place
    /// The conditions of challenges.
    var conditions: [Condition]
    /// Names of tiers and surveys that rules refer to.
    var tiers: [(name: String, place: Place)]
    var surveys: [(name: String, place: Place)]
}

extension FileReader {
    /// Reads `programme: ...`.
    mutating func programme() -> ProgrammeFile? {
        guard let id = root.value("programme", Formats.identifier), let unit = unit() else { return nil }
        let zone = TimeZone(identifier: defaults.timezone) ?? .gmt
        var programme = Programme(id: id, version: version, zone: zone, unit: unit)
        let rules = root.list("earn")
        programme.earn = rules.compactMap { earnRule($0) }
        programme.pending = root.value("pending", Formats.period)
        programme.expire = root.value("expire", Formats.expiry) ?? .never
        programme.tiers = tiers()
        programme.rewards = rewards()
        programme.pay = pay()
        programme.remind = root.values("remind", Formats.period)
        programme.costPerPoint = root.value("cost_per_point", Formats.pointCost)
        tellTimes(of: programme)
        let multipliers = rules.flatMap { $0.list("times") }
        return ProgrammeFile(
            programme: programme, place: root.place(of: "programme"),
            conditions: rules.compactMap { condition("when", of: $0) },
            tiers: identifiers("tier", of: multipliers), surveys: identifiers("survey", of: rules))
    }

    /// The first digits of a hash of the file (FNV-1a, 64 bits): it only has to change when the file does.
    private var version: String {
        let hash = source.bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(8))
    }

    private mutating func unit() -> PointsUnit? {
        guard let fields = root.fields("unit") else { return nil }
        let (one, many) = (localText("one", of: fields), localText("many", of: fields))
        guard let one, let many else { return nil }
        return PointsUnit(one: one, many: many)
    }

    /// A text in the form of the ledger's target; one text for all is in every language of the workspace.
    private mutating func localText(_ key: String, of fields: Fields) -> LocalText? {
        guard let text = texts(key, of: fields) else { return nil }
        var local = LocalText()
        for entry in text.entries {
            for language in entry.language.map({ [$0] }) ?? languages {
                local[language: language] = entry.text
            }
        }
        return local
    }

    // MARK: Earning

    private static let points = Formats.integer(1...1_000_000_000)

    private mutating func earnRule(_ fields: Fields) -> EarnRule? {
        let points = fields.value("points", Self.points).map(Int64.init)
        switch fields.node["rule"]?.text {
        case "purchase":
            let times = fields.list("times").compactMap { multiplier($0) }
            guard let per = fields.value("per", Formats.money), let points else { return nil }
            return PurchaseRule(per: per, points: points, times: times).map(EarnRule.purchase)
        case "birthday": return points.map(EarnRule.birthday)
        case "survey":
            guard let survey = fields.value("survey", Formats.identifier), let points else { return nil }
            let cap = fields.value("cap", Formats.limit).map { Cap(times: $0.count, per: $0.period) }
            return .survey(SurveyRule(survey: survey, points: points, cap: cap))
        case "referral":
            guard let after = fields.word("after", as: ReferralRule.Moment.self), let points else {
                return nil
            }
            return .referral(ReferralRule(points: points, after: after))
        case "challenge":
            guard let when = fields.value("when", Formats.text), let points else { return nil }
            return .challenge(ChallengeRule(points: points, when: when))
        default: return nil
        }
    }

    private mutating func multiplier(_ fields: Fields) -> Multiplier? {
        let between = dateRange("between", of: fields).flatMap {
            $0.first <= $0.last ? $0.first...$0.last : nil
        }
        return fields.value("by", Formats.factor).map {
            Multiplier(
                tier: fields.value("tier", Formats.identifier),
                category: fields.value("category", Formats.line),
                between: between, by: $0)
        }
    }

    // MARK: Tiers, rewards, paying

    private mutating func tiers() -> TierPolicy? {
        guard let fields = root.fields("tiers") else { return nil }
        let members = fields.list("levels")
        refuseRepeats(identifiers("name", of: members), called: "tier")
        refuseRepeats(identifiers("from", of: members), called: "limit")
        let levels: [TierPolicy.Level] = members.compactMap { member in
            guard let name = member.value("name", Formats.identifier),
                let from = member.value("from", Formats.integer(0...1_000_000_000))
            else { return nil }
            return TierPolicy.Level(name: name, from: Int64(from))
        }
        if !levels.isEmpty, levels.count == members.count, !levels.contains(where: { $0.from == 0 }) {
            diagnostics.error(
                "no tier begins at 0", at: fields.place(of: "levels"),
                hint: "new customers need one: `from: 0`")
        }
        guard let window = fields.value("window", Formats.period), !levels.isEmpty else { return nil }
        return TierPolicy(window: window, review: fields.word("review") ?? .anniversary, levels: levels)
    }

    private mutating func rewards() -> [Reward] {
        let members = root.list("rewards")
        refuseRepeats(identifiers("reward", of: members), called: "reward")
        return members.compactMap { member in
            let text = localText("text", of: member)
            guard let id = member.value("reward", Formats.identifier),
                let points = member.value("points", Self.points),
                let gives = member.word("gives", as: Reward.Gift.self), let text
            else { return nil }
            return Reward(id: id, points: Int64(points), gives: gives, text: text)
        }
    }

    private func pay() -> PayRule? {
        guard let fields = root.fields("pay"), let points = fields.value("points", Self.points),
            let worth = fields.value("worth", Formats.money)
        else { return nil }
        let minimum = fields.value("minimum", Formats.integer(0...1_000_000_000)) ?? 0
        return PayRule(points: Int64(points), worth: worth, minimum: Int64(minimum))
    }

    // MARK: Times that do not fit

    private mutating func tellTimes(of programme: Programme) {
        guard case .after(let life, _) = programme.expire else { return }
        if let pending = programme.pending, pending.roughHours >= life.roughHours {
            diagnostics.warn(
                "points expire before they can be spent", at: root.place(of: "pending"),
                hint: "make `pending` shorter than `expire`")
        }
        for (period, node) in zip(programme.remind, root.node["remind"]?.list ?? [])
        where period.roughHours >= life.roughHours {
            diagnostics.warn(
                "the reminder comes before the points are earned", at: source.place(at: node.offset),
                hint: "points live for \(life)")
        }
    }
}

extension Period {
    /// For comparing lengths of different units: a month is 30 days, a year 365.
    fileprivate var roughHours: Int {
        switch unit {
        case .hours: count
        case .days: count * 24
        case .weeks: count * 168
        case .months: count * 720
        case .years: count * 8760
        }
    }
}
