import Liquid
import Model

/// The addresses of the web pages that one message leads to, and what else only its recipient knows.
struct MessageLinks: Sendable {
    let signer: LinkSigner
    /// Without a final slash.
    let publicURL: String
    let campaign: String
    let customer: CustomerID
    let run: RunID
    /// Where one click ends the subscription. Made once: the header and the texts all have it.
    let unsubscribe: String

    init(signer: LinkSigner, publicURL: String, campaign: String, customer: CustomerID, run: RunID) {
        (self.signer, self.publicURL, self.campaign) = (signer, publicURL, campaign)
        (self.customer, self.run) = (customer, run)
        unsubscribe = Self.page(
            .unsubscribe, LinkSigner.Claim(campaign: campaign, customer: customer.text), signer, publicURL)
    }

    /// Where topics are chosen.
    var preferences: String { page(.preferences) }
    /// Where this very message can be seen.
    var browser: String { page(.browser, detail: run.text) }

    /// Where a survey is answered. With `?score=9` that score is chosen there; the customer still has to send it.
    func survey(_ id: String) -> String { page(.survey, detail: id) }

    /// Where one takes part in a contest.
    func contest(_ id: String) -> String { page(.contest, detail: id) }

    private func page(_ purpose: LinkSigner.Purpose, detail: String = "") -> String {
        Self.page(purpose, claim(detail: detail), signer, publicURL)
    }

    private static func page(
        _ purpose: LinkSigner.Purpose, _ claim: LinkSigner.Claim, _ signer: LinkSigner, _ publicURL: String
    ) -> String {
        "\(publicURL)/\(purpose.rawValue)/\(signer.token(for: purpose, claim))"
    }

    private func claim(detail: String) -> LinkSigner.Claim {
        LinkSigner.Claim(campaign: campaign, customer: customer.text, detail: detail)
    }
}

extension MessageLinks {
    private static let shape = Fields.Shape(["unsubscribe", "preferences", "browser"])

    /// As templates see them.
    var value: Value {
        .object(
            Fields(shape: Self.shape, values: [.string(unsubscribe), .string(preferences), .string(browser)]))
    }
}
