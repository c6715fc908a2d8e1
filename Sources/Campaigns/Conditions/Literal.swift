import Model

/// A value written in a condition.
package enum Literal: Hashable, Sendable {
    case text(String)
    /// At most 15 digits, so that a binary number tells them apart.
    case number(Double)
    case money(Money)
    /// The whole day in the workspace's zone.
    case date(CalendarDate)
}
