/// A scheduled campaign whose audience asks what this version cannot decide: nothing of it is planned.
package struct UndecidableCampaign: Hashable, Sendable {
    /// The campaign's identifier.
    package let campaign: String
    /// One sentence: what cannot be decided, and where it stands.
    package let reason: String
}
