import Value

/// The words of the language of conditions.
enum ConditionWords {
    /// Words with a meaning of their own; as values they stand in quotes.
    static let keywords =
        [
            "and", "or", "not", "in", "contains", "is", "empty", "within", "older", "than", "next", "where",
            "any",
            "count", "sum", "orders", "events", "subscribed",
        ] + MailHistory.Action.allCases.map(\.rawValue)

    /// Fields as they are written, for hints.
    static let fields =
        CustomerField.allCases.map(\.rawValue) + [
            "tier", "rfm", "ltv", "nps", "last_order", "first_order", "subscribed",
        ]
        + PointsField.allCases.map { "points.\($0.rawValue)" }
        + OrdersField.allCases.map { "orders.\($0.rawValue)" }

    /// Fields inside `count(orders where ...)`.
    static let rowFields = RowField.allCases.map(\.rawValue)

    static let rfmGroups = RFMGroup.allCases.map(\.rawValue)

    static let npsGroups = NPSGroup.allCases.map(\.rawValue)

    /// Why a segment cannot have this name: conditions would read it as something else.
    static func isReserved(_ name: String) -> Bool {
        keywords.contains(name) || fields.contains(name)
            || name.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
