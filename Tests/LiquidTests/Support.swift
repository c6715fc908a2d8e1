import Liquid
import Testing

/// 2026-11-21 09:30:00 UTC, a Saturday.
let testTime = 1_795_253_400

/// Renders a template once.
func render(
    _ source: String, _ data: [(String, Value)] = [], escaping: Escaping = .none,
    partials: [String: String] = [:],
    limits: Limits = Limits(), filters: [Filter] = []
) throws -> String {
    let environment = Environment(escaping: escaping, limits: limits, filters: filters) { partials[$0] }
    let template = try Template(parsing: source, name: "test.liquid", environment: environment)
    return try template.render(scope: Scope([Fields(data)], now: testTime))
}

/// The error that parsing or rendering ends with; nothing when it does not.
func failure(
    _ source: String, _ data: [(String, Value)] = [], escaping: Escaping = .none,
    partials: [String: String] = [:],
    limits: Limits = Limits(), filters: [Filter] = []
) -> LiquidError? {
    do {
        _ = try render(source, data, escaping: escaping, partials: partials, limits: limits, filters: filters)
        return nil
    } catch {
        return error as? LiquidError
    }
}

/// A case with a number, so that a failure names it, and the reason why it exists.
struct NumberedCase: Sendable, CustomTestStringConvertible {
    let number: Int
    let reason: String
    let template: String
    let result: String

    init(_ number: Int, _ reason: String, _ template: String, _ result: String) {
        self.number = number
        self.reason = reason
        self.template = template
        self.result = result
    }

    var testDescription: String { "\(number): \(reason)" }
}
