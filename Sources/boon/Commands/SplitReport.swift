import Campaigns
import Foundation
import Model
import Planning
import Recording

/// The A/B test of a run, as people and programs read it.
struct SplitReport: Encodable {
    private struct Variant: Encodable {
        /// Counted from 1.
        let number: Int
        let subject: String?
        let preheader: String?
        /// To how many a relay accepted it.
        let sent: Int
        /// How many of them did what is measured.
        let did: Int
    }

    private let measure: String?
    /// When it was decided, or can be at the earliest.
    private let decides: Timestamp
    private let decided: Timestamp?
    /// nil until it is decided.
    private let verdict: String?
    /// The variant that everyone else gets.
    private let winner: Int?
    private let variants: [Variant]
    /// The whole of it in a sentence.
    private let words: String

    /// - Returns: nil for a run without a test.
    init?(of run: RunSummary, in workspace: Workspace, _ store: Store) throws {
        guard let earliest = run.run.decides, let campaign = workspace.definitions.campaigns[run.run.campaign]
        else { return nil }
        let decider = SplitDecider(of: run.run.id, campaign, in: store, home: workspace.zone)
        let (known, current, instant) = try store.read { view in
            let known = try view.decision(of: run.run.id)
            let current = try known?.decision ?? decider.decision(in: view, at: .now)
            return (known, current, try decider.instant(in: view))
        }
        let test = campaign.test
        measure = test?.winner.measure.rawValue
        decides = known?.at ?? max(earliest, instant ?? earliest)
        decided = known?.at
        (verdict, winner) = (known?.decision.verdict.rawValue, known?.decision.variant)
        variants = current.shares.enumerated().map { index, share in
            let variant = test.flatMap { $0.variants.indices.contains(index) ? $0.variants[index] : nil }
            return Variant(
                number: index + 1, subject: variant?.subject?.text(in: campaign),
                preheader: variant?.preheader?.text(in: campaign), sent: share.sent, did: share.did)
        }
        words =
            if let known {
                known.decision.words(of: campaign)
            } else if run.ended != nil {
                "it was never decided: the run ended before"
            } else {
                "by \(measure ?? ""), decided at \(decides.minute(in: workspace.zone)) at the earliest"
            }
    }

    func print(in zone: TimeZone) {
        Console.print()
        let time = decided.map { ", decided on \($0.fullText(in: zone))" } ?? ""
        Console.heading("A/B test\(time): \(words)")
        let did = measure.flatMap(SplitTest.Measure.init)?.verb ?? ""
        for variant in variants {
            let texts = [variant.subject, variant.preheader].compactMap(\.self).joined(separator: " / ")
            Console.print(
                "  variant \(variant.number)  sent to \(grouped(variant.sent)), \(grouped(variant.did)) "
                    + "\(did)  \(texts)")
        }
    }
}

extension LocalizedText {
    /// As the campaign's first language has it.
    fileprivate func text(in campaign: Campaign) -> String {
        text(for: nil, default: campaign.languages.first ?? "")
    }
}
