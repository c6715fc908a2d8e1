/// The kinds of files that a marketer writes.
package enum FileKind: String, CaseIterable, Sendable {
    case campaign, segments, programme, survey, contest
    /// `boon.yaml`.
    case settings

    /// The kinds that a file under `campaigns/` can have: its only top-level key of these names decides.
    static let defined = allCases.filter { $0 != .settings }

    /// What such a file looks like.
    var shape: Shape {
        switch self {
        case .campaign: .campaign
        case .segments: .segments
        case .programme: .programme
        case .survey: .survey
        case .contest: .contest
        case .settings: .settings
        }
    }

    /// The JSON Schema (draft 2020-12) with which an editor completes and checks such a file.
    package var jsonSchema: String {
        let head: [(key: String, value: JSONText)] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("title", .string(self == .settings ? "boon.yaml" : "Boon: \(rawValue)")),
        ]
        return JSONText.object(head).adding(shape.schemaMembers).text() + "\n"
    }
}
