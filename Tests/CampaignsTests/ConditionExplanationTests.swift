import Model
import Testing

@testable import Campaigns

@Suite("Conditions are explained")
struct ConditionExplanationTests {
    /// `yes text: found` for each part, two blanks deeper for each level.
    private func lines(_ explanation: Explanation, depth: Int = 0) -> [String] {
        let found = explanation.found.map { ": \($0)" } ?? ""
        let line = "\(explanation.holds ? "yes" : "no") \(explanation.text)\(found)"
        return [String(repeating: "  ", count: depth) + line]
            + explanation.parts.flatMap { lines($0, depth: depth + 1) }
    }

    @Test("Every part is told with what was found, also where an earlier one has settled the matter")
    func tree() throws {
        let condition = try parse("country == FI and (regulars or not city is empty) and regulars")
        let explanation = try condition.explanation(for: .mari)
        #expect(
            lines(explanation) == [
                "no all of", "  no country == FI: EE", "  yes any of", "    no segment regulars",
                "      no orders.count within 180 days >= 3: 2", "    yes not",
                "      no city is empty: Pärnu", "  no segment regulars",
            ])
    }

    @Test(
        "What was found is told as people write it",
        arguments: [
            ("subscribed", "subscribed"), ("first_name == Mari", "nothing"),
            ("tags contains vip", "vip, barista"),
            ("points.available >= 5", "620"), ("orders.total > 5 USD", "50.00 USD"),
            ("last_order within 3 days", "2026-11-01 12:00"), ("birthday within next 3 days", "1984-11-28"),
            ("tier > green", "gold"), ("attributes.empty is empty", "an empty text"),
            ("sum(events.spent) > 5", "12.25"), ("nps in [passive]", "promoter"),
            ("sent any within 30 days", "once 2026-11-10 11:00"),
            ("answered nps", "2 times, last 2026-11-12 11:00"),
            ("sent any within 2 days", "never"), ("clicked any", "2 times, last 2026-11-12 11:00"),
            ("opened any", "once 2026-11-12 11:00"), ("opened welcome", "never"),
            ("ltv >= 200 EUR", "81.16 EUR"), ("rfm in [at_risk, lost]", "new (R 4, F 2, M 2)"),
        ])
    func found(text: String, found: String) throws {
        let explanation = try parse(text).explanation(for: .mari)
        #expect(explanation.found == found)
        #expect(explanation.parts.isEmpty)
    }

    @Test("What cannot be decided is not explained", arguments: ["nobody", "vip and not nobody"])
    func undecided(text: String) throws {
        let condition = try parse(text)
        #expect(throws: Unanswerable.self) { try condition.explanation(for: .mari) }
    }
}
