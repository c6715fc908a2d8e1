import Foundation
import TestSupport
import Testing
import Value

@testable import Campaigns

@Suite("The reference page")
struct DocumentationTests {
    private static let page: String? = {
        return try? String(contentsOf: Checkout.root.appending(path: "docs/campaigns.md"), encoding: .utf8)
    }()

    @Test(
        "Every key is in the table of its kind, in the words that editors show", arguments: FileKind.allCases)
    func keys(kind: FileKind) throws {
        let page = try #require(Self.page)
        let sections = page.components(separatedBy: "\n## ")
        let section = try #require(sections.first { $0.hasPrefix("`\(kind.rawValue)`") })
        for (path, doc) in kind.shape.documentedKeys {
            #expect(
                section.contains("| `\(path)` |") && section.contains("| \(doc) |"),
                "\(kind.rawValue): \(path)")
        }
    }

    @Test("The fields of conditions are all there")
    func fields() throws {
        let page = try #require(Self.page)
        for field in ConditionWords.fields + ConditionWords.rowFields + ConditionWords.rfmGroups {
            #expect(page.contains("`\(field)`"), "\(field)")
        }
    }

    @Test("Each RFM group stands there with its scores", arguments: RFMGroup.allCases)
    func groups(group: RFMGroup) throws {
        let page = try #require(Self.page)
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(group.rawValue)` |") })
        let scores = row.split(separator: "|").last?.split(separator: " ").compactMap { Int($0) }
        #expect(scores == group.scores)
    }

    @Test("So are the merge fields")
    func mergeFields() throws {
        let page = try #require(Self.page)
        for name in MergeFields.known.keys { #expect(page.contains("`\(name)`"), "\(name)") }
    }
}

extension Shape {
    /// All keys with their sentences, from the top.
    fileprivate var documentedKeys: [(path: String, doc: String)] {
        switch self {
        case .scalar, .localized: []
        case .list(let element, _): element.documentedKeys
        case .names(_, let value): value.documentedKeys
        case .object(let object): Self.documented(object.keys)
        case .oneKey(let keys): Self.documented(keys)
        case .variants(let key, let doc, let variants):
            [(key, doc)] + variants.flatMap { Self.documented($0.keys) }
        }
    }

    private static func documented(_ keys: [Key]) -> [(path: String, doc: String)] {
        keys.flatMap { key in
            [(key.name, key.doc)] + key.shape.documentedKeys.map { ("\(key.name).\($0.path)", $0.doc) }
        }
    }
}
