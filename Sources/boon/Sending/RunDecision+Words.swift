import Campaigns
import Model

extension RunDecision {
    /// What the test has shown in one sentence, with its size.
    /// - Parameter campaign: whose run it is, as the run is sent.
    func words(of campaign: Campaign) -> String {
        guard let test = campaign.test else {
            return "no winner: the campaign has no test any more; everyone else gets the campaign as it is"
        }
        let sizes = sizes(did: test.winner.measure.verb)
        guard let variant else {
            let own = test.variants.allSatisfy { $0.preheader == nil } ? "'s own subject" : " as it is"
            return "no winner: \(sizes) is within chance; everyone else gets the campaign\(own)"
        }
        return verdict == .clear
            ? "variant \(variant) wins: \(sizes) is more than chance; everyone else gets it"
            : "variant \(variant) has most: \(sizes), which may be chance; everyone else gets it"
    }

    /// `120 of 1,000 and 131 of 1,000 ordered`
    private func sizes(did verb: String) -> String {
        let each = shares.map { "\(grouped($0.did)) of \(grouped($0.sent))" }
        let last = each.last ?? ""
        return (each.count > 1 ? "\(each.dropLast().joined(separator: ", ")) and \(last)" : last) + " \(verb)"
    }
}

extension SplitTest.Measure {
    /// What somebody has done who counts.
    var verb: String {
        switch self {
        case .clicks: "clicked"
        case .orders: "ordered"
        case .answers: "answered"
        }
    }
}
