/// A text that names one thing of a kind; two kinds never mix by mistake.
package struct Identifier<Named>: Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByStringInterpolation
{
    /// The text itself, as written in the stores.
    package let text: String

    /// Names a thing by its text; validity is checked where the text enters (import, YAML).
    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral text: String) {
        self.text = text
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool {
        left.text < right.text
    }
}

/// A customer's identifier: at most 200 bytes, chosen by the shop or made at import.
package typealias CustomerID = Identifier<Customer>
/// An order's identifier, from the shop or made from the order's content.
package typealias OrderID = Identifier<Order>
/// A run: one occurrence of one campaign, `campaign@2026-11-23T09:00:00Z`.
package typealias RunID = Identifier<Run>
