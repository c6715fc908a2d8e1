import Model
import TestSupport
import Testing

@testable import Campaigns

/// Reads a condition, in euros.
func parse(_ text: String) throws -> Condition {
    try Condition.parse(text, currency: .euro) { Place(file: "test", line: 1, column: $0 + 1) }
}

@Suite("Conditions are read")
struct ConditionParserTests {
    @Test(
        "The examples of the format are read and printed",
        arguments: [
            ("orders.count within 180 days >= 3", "orders.count within 180 days >= 3"),
            ("rfm in [at_risk, cant_lose]", "rfm in [at_risk, cant_lose]"),
            (
                "count(orders where category == coffee within 90 days) >= 2",
                "count(orders where category == coffee within 90 days) >= 2"
            ),
            (
                "country == FI or (country == EE and locale == fi)",
                "country == FI or country == EE and locale == fi"
            ),
            ("last_order older than 90 days and subscribed", "orders.last older than 90 days and subscribed"),
            ("birthday within next 14 days", "birthday within next 14 days"),
            (
                "clicked any within 30 days and not opened is empty",
                "clicked any within 30 days and not not opened any"
            ),
            ("nps == promoter", "nps == promoter"),
            ("points.available >= 500 and ltv >= 200 EUR", "points.available >= 500 and ltv >= 200.00 EUR"),
            (
                "tags contains vip or attributes.plan == \"pro\"",
                "tags contains vip or attributes.plan == pro"
            ),
            ("regulars and not at-risk", "regulars and not at-risk"),
            ("country in [ee, LV]", "country in [EE, LV]"),
            (
                "sum(orders.total where sku == 'a b') > 100",
                "sum(orders.total where sku == \"a b\") > 100.00 EUR"
            ),
            ("sent november-thanks within 7 days", "sent november-thanks within 7 days"),
            ("count(events where name == \"demo\") > 0", "count(events where name == demo) > 0"),
            (
                "attributes.size == 5 or attributes.size == \"5\"",
                "attributes.size == 5 or attributes.size == \"5\""
            ),
            ("a and (b and c) or d", "a and b and c or d"),
            ("not (a or b)", "not (a or b)"),
            ("city == Pärnu", "city == \"Pärnu\""),
        ])
    func examples(written: String, printed: String) throws {
        #expect(try parse(written).description == printed)
        #expect(try parse(printed) == parse(written))
    }

    @Test("`and` binds tighter than `or`, `not` tighter than both")
    func precedence() throws {
        let (a, b, c) = (try parse("a"), try parse("b"), try parse("c"))
        #expect(try parse("not a and b or c") == .any([.all([.not(a), b]), c]))
    }

    @Test("Where something is named does not make a condition another one")
    func places() throws {
        #expect(try parse("a  and b") == parse("a and b"))
    }

    @Test("Parentheses and `not` nest to 32 levels and no further", arguments: ["(", "not "])
    func nesting(opening: String) throws {
        let closing = opening == "(" ? ")" : ""
        func nested(_ count: Int) -> String {
            String(repeating: opening, count: count) + "a" + String(repeating: closing, count: count)
        }
        #expect(throws: Never.self) { try parse(nested(32)) }
        #expect(throws: ConditionProblems.self) { try parse(nested(33)) }
        #expect(throws: ConditionProblems.self) { try parse(nested(100_000)) }
    }

    @Test("Everything unknown in one condition is told, each at its place with the nearest word")
    func severalProblems() throws {
        let text = """
            cty == Tartu and contry in [EE] or not (rfm in [at_riks, lost, cant_loose] and country == Eesti) \
            and count(orders where catgory == x within 9 days) > 1 and points.avail > 5 and consent == subscribd
            """
        let problems = try #require(throws: ConditionProblems.self) { try parse(text) }
        let wrong = [
            "cty", "contry", "at_riks", "cant_loose", "Eesti", "catgory", "points.avail", "subscribd",
        ]
        let places = try wrong.map { try #require(text.firstRange(of: $0)).lowerBound.utf16Offset(in: text) }
        #expect(problems.all.map(\.offset) == places)
        #expect(
            problems.all.map(\.hint) == [
                "did you mean `city`?", "did you mean `country`?", "did you mean `at_risk`?",
                "did you mean `cant_lose`?", "ISO 3166: `EE`, `FI`", "did you mean `category`?",
                "known fields: \(PointsField.allCases.map(\.rawValue).joined(separator: ", "))",
                "did you mean `subscribed`?",
            ])
    }

    @Test(
        "A test with something wrong in it does not hide what is wrong behind it, nor make it up",
        arguments: [
            ("ltvv >= 200 EUR and vip", ["unknown field `ltvv`"]),
            ("city == and vip", ["a text is expected, not the keyword `and`"]),
            ("(tags in [a, b] or cty == x) and vip", ["tags are not compared", "unknown field `cty`"]),
            (
                "count(orders whre sku == x) > 1 and cty == x",
                ["`)` is expected, not `whre`", "unknown field `cty`"]
            ),
            ("cty == x vip and", ["unknown field `cty`", "a condition is expected, not the end"]),
        ])
    func recovery(text: String, messages: [String]) throws {
        let problems = try #require(throws: ConditionProblems.self) { try parse(text) }
        #expect(problems.all.map(\.message) == messages)
    }

    @Test("What is printed is read as the same condition", arguments: 0..<400)
    func roundTrip(seed: UInt64) throws {
        var generator = ConditionGenerator(seed: seed)
        let condition = generator.condition(depth: 4)
        #expect(try parse(condition.description) == condition, "\(condition)")
    }

    @Test("No bytes make the parser stop the process", arguments: 0..<400)
    func randomBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = [
            "and", "or", "not", "(", ")", "[", "]", ",", "==", "<", "in", "is", "empty", "within", "next",
            "days", "3",
            "count", "sum", "orders", "where", "city", "tags", "contains", "\"", "'", "\\", "-", ".", "nps",
            "é", "\u{0}",
        ]
        let pieces = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            words.randomElement(using: &random) ?? ""
        }
        _ = try? parse(pieces.joined(separator: Bool.random(using: &random) ? " " : ""))
        let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = try? parse(String(decoding: bytes, as: UTF8.self))
    }
}

@Suite("What cannot be decided is named")
struct UnanswerableTests {
    @Test("It is never guessed at", arguments: ["nobody", "not nobody", "vip or rfm is empty"])
    func thrown(text: String) throws {
        let condition = try parse(text)
        let error = #expect(throws: Unanswerable.self) { try condition.holds(for: .nobody) }
        #expect(error?.description.hasPrefix("test:1:") == true)
    }
}
