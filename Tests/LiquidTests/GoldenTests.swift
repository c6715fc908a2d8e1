import Foundation
import TestSupport
import Testing

@testable import Liquid

/// The published conformance suite for Liquid engines, read where it lies beside the checkout.
@Suite("Golden cases")
struct GoldenTests {
    static let file = Checkout.shared("golden-liquid/cases.json")

    /// Cases we hold to be wrong, each with its reason.
    static let disputed: [String: String] = [:]

    @Test(
        "Every golden case gives its result",
        .enabled(
            if: FileManager.default.fileExists(atPath: file.path), "../shared/data/golden-liquid is not there"
        ))
    func everyCase() throws {
        let root = try OrderedJSON.parse(Array(Data(contentsOf: Self.file)))
        let cases = root["tests"]?.array ?? []
        #expect(cases.count >= 532)
        var failures: [String] = []
        for golden in cases {
            let name = golden["name"]?.string ?? "?"
            if Self.disputed[name] == nil, let failure = failure(of: golden) {
                failures.append("\(name): \(failure)")
            }
        }
        #expect(
            failures.isEmpty,
            "\(failures.count) of \(cases.count) failed:\n\(failures.joined(separator: "\n"))")
    }

    /// What is wrong with a case; nothing when it passes.
    private func failure(of golden: OrderedJSON) -> String? {
        let expected =
            golden["results"]?.array?.compactMap(\.string) ?? golden["result"]?.string.map { [$0] } ?? []
        let isInvalid = golden["invalid"]?.bool == true
        let partials = golden["templates"]
        let environment = Environment(escaping: .none) { partials?[$0]?.string }
        do {
            let template = try Template(
                parsing: golden["template"]?.string ?? "", name: "golden", environment: environment)
            let data = golden["data"]?.fields ?? Fields([])
            let result = try template.render(scope: Scope([data], now: 1_700_000_000))
            if isInvalid { return "expected an error, got \(result.debugDescription)" }
            return expected.contains(result) ? nil : "expected \(expected), got \(result.debugDescription)"
        } catch {
            return isInvalid ? nil : "expected \(expected), got \(error)"
        }
    }
}
