/// What files define but could not be read whole. Others may name it all the same, and what it names itself is checked
/// with the rest: one mistake is told once, and all mistakes at once.
struct Unread {
    /// By what they are called, `campaign` or `segment`.
    var names: [String: Set<String>] = [:]
    /// What could be understood of conditions. They choose nobody.
    var conditions: [Condition] = []

    mutating func add(_ other: Unread) {
        names.merge(other.names) { $0.union($1) }
        conditions += other.conditions
    }
}
