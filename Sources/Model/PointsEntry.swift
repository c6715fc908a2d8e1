/// One line of the points ledger: what happened to which lots, and why. Points are whole.
package struct PointsEntry: Hashable, Sendable {
    /// What an entry does to its lots. The raw value is the record's type after `points.`.
    package enum Kind: String, CaseIterable, Sendable {
        /// A new lot, pending until it activates.
        case earned
        /// A correction by a person: a new lot when positive, taken from lots when negative.
        case adjusted
        /// Points paid with.
        case spent
    }

    /// The part of an entry that concerns one lot.
    package struct LotChange: Hashable, Sendable {
        /// The lot: the key of the entry that created it.
        package var lot: String
        /// Points taken from the lot, above zero.
        package var points: Int64

        /// Points taken from one lot.
        package init(lot: String, points: Int64) {
            (self.lot, self.points) = (lot, points)
        }
    }

    package var kind: Kind
    /// Whose points.
    package var customer: CustomerID
    /// The idempotency key, unique in the store. An entry that creates a lot gives it this name.
    package var key: String
    /// The change of the customer's points: positive for a new lot, negative for what is taken.
    package var points: Int64
    /// When it happened, which may be long before it was recorded.
    package var occurred: Timestamp
    /// What was taken from which lots; empty for an entry that creates a lot.
    package var lots: [LotChange]
    /// From when on the new lot can be spent.
    package var activates: Timestamp?
    /// From when on the new lot can no longer be spent (exclusive); nil for never.
    package var expires: Timestamp?
    /// Until when this entry, being activity of the customer, keeps alive what would expire for want of it;
    /// nil where no activity is needed. A lot whose entry has it lives on with later activity: `expires` is
    /// then when it ends without any.
    package var prolongs: Timestamp?
    /// What it comes from: `order:1042`, `answer:...`, `reward:espresso`, `person`.
    package var source: String
    /// The earning rule and the version of the programme that gave it, `purchase@5be1c0de`.
    package var rule: String?
    /// Who did it: a person's name or `boon`.
    package var actor: String
    /// Why, in a person's words or the rule's arithmetic.
    package var reason: String?

    /// An entry with all that every kind has.
    package init(
        kind: Kind, customer: CustomerID, key: String, points: Int64, occurred: Timestamp,
        lots: [LotChange] = [], activates: Timestamp? = nil, expires: Timestamp? = nil,
        prolongs: Timestamp? = nil, source: String, rule: String? = nil, actor: String, reason: String? = nil
    ) {
        (self.kind, self.customer, self.key, self.points) = (kind, customer, key, points)
        (self.occurred, self.lots, self.activates) = (occurred, lots, activates)
        (self.expires, self.prolongs) = (expires, prolongs)
        (self.source, self.rule, self.actor, self.reason) = (source, rule, actor, reason)
    }
}
