import ArgumentParser
import Campaigns
import Model
import Planning
import Rainbow
import Recording

extension SegmentsCommand {
    /// `boon segments explain`
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say why a customer is in a segment or not, condition by condition.")

        @OptionGroup var arguments: SegmentArguments
        @OptionGroup var listing: ListingOptions
        @Argument(help: .customer)
        var customer: String

        func run() throws {
            let (workspace, segment) = try arguments.found()
            let (definitions, now) = (workspace.definitions, Timestamp.now)
            let (profile, scales) = try workspace.store().read { view in
                (
                    try view.profile(of: view.customer(named: customer)),
                    try view.rfmScales(
                        for: [segment.condition], in: definitions, at: now, zone: workspace.zone)
                )
            }
            let facts = profile.facts(definitions, rfm: scales, at: now, zone: workspace.zone)
            let explanation = try segment.condition.explanation(for: facts)
            let report = ExplanationReport(segment, profile.customer, explanation)
            if listing.json { return try Console.print(json: report) }
            report.print()
        }
    }
}

/// Why a customer is in a segment or not.
private struct ExplanationReport: Encodable {
    let segment: String
    let customer: String
    let holds: Bool
    let condition: Part

    /// A part of the condition.
    struct Part: Encodable {
        let condition: String
        let holds: Bool
        let found: String?
        let parts: [Part]?

        init(_ explanation: Explanation) {
            (condition, holds, found) = (explanation.text, explanation.holds, explanation.found)
            parts = explanation.parts.isEmpty ? nil : explanation.parts.map(Part.init)
        }

        /// This part and those below it, with how deep each stands.
        func flattened(depth: Int = 0) -> [(depth: Int, part: Part)] {
            [(depth, self)] + (parts ?? []).flatMap { $0.flattened(depth: depth + 1) }
        }
    }

    init(_ segment: Segment, _ customer: Customer, _ explanation: Explanation) {
        (self.segment, self.customer) = (segment.name, customer.id.text)
        (holds, condition) = (explanation.holds, Part(explanation))
    }

    /// For a person: whether each part holds, what it asks and what was found, in columns.
    func print() {
        Console.print("\(customer) is \(holds ? "" : "not ")in '\(segment)'")
        Console.print()
        let rows = condition.flattened()
        let texts = rows.map { String(repeating: "  ", count: $0.depth) + $0.part.condition }
        let width = zip(rows, texts).filter { $0.0.part.found != nil }.map(\.1.count).max() ?? 0
        for (row, text) in zip(rows, texts) {
            let line = row.part.found.map { text.column(width + 3) + $0 } ?? text
            Console.print(
                line, after: (row.part.holds ? "yes" : "no").column(5), in: row.part.holds ? .green : .red)
        }
    }
}
