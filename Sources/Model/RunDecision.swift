/// What the A/B test of a run has shown, and what everyone else gets therefore.
package struct RunDecision: Hashable, Sendable {
    /// What came of one variant.
    package struct Share: Hashable, Sendable {
        /// To how many a relay accepted it.
        package var sent: Int
        /// How many of them did what the test measures, up to the decision.
        package var did: Int

        /// So many of so many.
        package init(sent: Int, did: Int) {
            (self.sent, self.did) = (sent, did)
        }
    }

    /// Why everyone else gets what they get.
    package enum Verdict: String, CaseIterable, Sendable {
        /// One variant is better by more than chance.
        case clear
        /// One variant has most, which may be chance; the campaign asks for no more.
        case most
        /// None has won: everyone else gets the campaign as it is.
        case open
    }

    package var run: RunID
    /// The variant that everyone else gets, counted from 1; nil where they get the campaign as it is.
    package var variant: Int?
    /// One for each variant, in the order of the campaign.
    package var shares: [Share]
    package var verdict: Verdict

    /// A decision with all its parts.
    package init(run: RunID, variant: Int?, shares: [Share], verdict: Verdict) {
        (self.run, self.variant, self.shares, self.verdict) = (run, variant, shares, verdict)
    }
}

// MARK: - Coding

extension RunDecision {
    func write(to json: inout JSONWriter) {
        json.write("run", run.text)
        json.write("variant", variant.map { Int64($0) })
        json.write("shares", shares) { share, json in
            json.write("sent", Int64(share.sent))
            json.write("did", Int64(share.did))
        }
        json.write("verdict", verdict.rawValue)
    }

    init(_ json: JSONObject) throws {
        self.init(
            run: RunID(try json.required("run")), variant: try json.integer("variant").map { Int($0) },
            shares: try json.objects("shares").map { share in
                Share(
                    sent: Int(try share.requiredInteger("sent")), did: Int(try share.requiredInteger("did")))
            },
            verdict: try json.requiredParsed("verdict") { Verdict(rawValue: $0) })
    }
}
