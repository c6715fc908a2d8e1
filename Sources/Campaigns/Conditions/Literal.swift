import Model

/// A value written in a condition.
package enum Literal: Hashable, Sendable {
    case text(String)
    case number(DecimalNumber)
    case money(Money)
    /// The whole day in the workspace's zone.
    case date(CalendarDate)
}
