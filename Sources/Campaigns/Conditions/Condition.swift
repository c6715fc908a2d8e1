import Model

/// Who: what `audience:`, `when:`, `eligible:` and segments say, parsed, checked and normalised.
///
/// Normal form: `all` and `any` have at least two members, none of which is of the same kind; `last_order` is
/// `orders.last`; `sent X is empty` is `not sent X`; amounts have a currency. Two evaluators read it, in memory
/// and in SQL; they agree on this: a missing value makes every test false except `isEmpty`, and `not` is plain
/// negation, so `not country == EE` holds for a customer without a country.
package indirect enum Condition: Hashable, Sendable {
    /// Every member holds.
    case all([Condition])
    /// At least one member holds.
    case any([Condition])
    case not(Condition)
    /// The customer's consent is `subscribed`.
    case subscribed
    /// The customer belongs to the segment of this name.
    case segment(String, Place)
    case compares(Operand, Comparison, Literal)
    /// The operand equals one of the literals; never empty.
    case isOneOf(Operand, [Literal])
    /// A tag is equal to the text, or a text has it in it, byte for byte.
    case contains(Operand, String)
    /// There is no value, or it is an empty text or list.
    case isEmpty(Operand)
    /// The instant lies in the last `period`, now included.
    case within(Operand, Period)
    /// The instant lies before the last `period`; a birthday: the customer has turned `period` years.
    case isOlder(Operand, Period)
    /// The date lies in the next `period`, today included; a birthday: the next anniversary does.
    case withinNext(Operand, Period)
    /// The customer has such mail history.
    case mail(MailHistory)

    /// How two values are compared.
    package enum Comparison: String, CaseIterable, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case atMost = "<="
        case greater = ">"
        case atLeast = ">="
    }
}

/// A value that a condition tests, and where it is named.
package struct Operand: Hashable, Sendable {
    package var field: Field
    package var place: Place

    /// A field named at a place.
    package init(_ field: Field, at place: Place) {
        (self.field, self.place) = (field, place)
    }

    /// Everything that can be tested.
    package indirect enum Field: Hashable, Sendable {
        case customer(CustomerField)
        /// A field of the shop's own; compared as a number or a date when the literal is one, and then absent
        /// unless the text is a plain decimal number or an ISO date.
        case attribute(String)
        case points(PointsField)
        /// The name of the customer's tier; `<` and its kin go by the order of the programme's levels.
        case tier
        /// The RFM group; missing for who has no orders.
        case rfm
        /// The lifetime value, in the workspace's currency; missing for who has no orders.
        case ltv
        /// The last NPS score, 0 to 10.
        case npsScore
        /// `promoter`, `passive` or `detractor`, by the last NPS score.
        case npsGroup
        /// Over the customer's orders, those of the last period when one is given.
        case orders(OrdersField, within: Period?)
        /// Over the order lines, or the events, that pass a condition.
        case aggregate(Aggregate)
        /// Inside the `where` of an aggregate over orders.
        case row(RowField)
        /// Inside the `where` of an aggregate over events: the event's name or a property of it.
        case event(String)
    }
}

/// What is known of a customer. The raw value is the word in a condition.
package enum CustomerField: String, CaseIterable, Sendable {
    case id, email
    case firstName = "first_name"
    case lastName = "last_name"
    case phone
    /// `==`, `!=` and `in` go by language range (RFC 4647 section 3.3.1): `fi` matches `fi-FI`.
    case locale
    case timezone
    /// Literals are in capitals, as the stored values are.
    case country
    case city, birthday, gender, tags, channel
    case acquisitionCost = "acquisition_cost"
    case joined, consent
}

/// A sum over the points ledger, in whole points; 0, never missing, for who has no points.
package enum PointsField: String, CaseIterable, Sendable {
    case available, pending
    /// All that rules ever gave; corrections by hand are not earned.
    case earned
    /// All that was ever spent.
    case spent
}

/// A sum over orders. The raw value is the word after `orders.`.
package enum OrdersField: String, CaseIterable, Sendable {
    /// How many; 0, never missing, for who has none.
    case count
    /// The orders' totals in the literal's currency; other currencies are left out. 0 for who has none.
    case total
    /// When the last one was; missing for who has none.
    case last
    /// When the first one was; missing for who has none.
    case first
}

/// `count(...)` or `sum(...)`. Never missing: 0 where nothing passes.
package struct Aggregate: Hashable, Sendable {
    package var function: Function
    /// Which rows count: over order lines with `row` operands, over events with `event` operands.
    package var condition: Condition?
    /// Only what happened in the last period.
    package var within: Period?

    /// What is counted or summed.
    package enum Function: Hashable, Sendable {
        /// Orders that have at least one line that passes.
        case countOrders
        /// An amount or a number of the lines that pass.
        case sumOrders(Summand)
        case countEvents
        /// A numeric property of the events that pass.
        case sumEvents(String)
    }

    /// What can be summed over order lines.
    package enum Summand: String, CaseIterable, Sendable {
        /// What was paid, in the literal's currency.
        case total
        case quantity
        /// What the goods cost the shop, in the literal's currency.
        case cost
    }
}

/// A field of an order or of one of its lines, inside `count(orders where ...)`.
package enum RowField: String, CaseIterable, Sendable {
    /// Of the line.
    case category, sku, quantity, cost
    /// Of the order: its total, whatever lines pass.
    case total
    /// Of the order.
    case channel, currency
}

/// `sent X`, `opened X`, `clicked X`, `answered X`, with an optional `within`.
package struct MailHistory: Hashable, Sendable {
    package var action: Action
    /// The campaign, or for `answered` the survey; nil for any.
    package var name: String?
    package var within: Period?
    package var place: Place

    /// What happened to a mail.
    package enum Action: String, CaseIterable, Sendable {
        case sent, opened, clicked, answered
    }
}
