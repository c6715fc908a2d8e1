import Foundation
import TestSupport
import Testing

@testable import Model

@Suite("Documentation of the records")
struct DocumentationTests {
    @Test("docs/stores.md names every kind of record in its journal, and no other")
    func kinds() throws {
        let text = try String(contentsOf: Checkout.root.appending(path: "docs/stores.md"), encoding: .utf8)
        let documented = Set(
            text.split(separator: "\n").filter { $0.hasPrefix("|") }.compactMap { line -> String? in
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                guard cells.count == 3, cells[0].contains("."), !cells[0].contains("jsonl") else {
                    return nil
                }
                return "\(cells[0]) in \(cells[1])"
            })
        var kinds = Set(EventTests.samples.map { "`\($0.type)` in \($0.store.rawValue)" })
        for kind in PointsEntry.Kind.allCases { kinds.insert("`points.\(kind.rawValue)` in points") }
        #expect(documented == kinds)
    }
}
