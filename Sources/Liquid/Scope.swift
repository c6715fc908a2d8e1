/// What one rendering sees: layers of named values, and the time.
///
/// Layers are shared, not copied: what is the same for a whole campaign is one layer, what belongs to the recipient
/// is another. Where two layers have a name, the later one counts.
public struct Scope: Sendable {
    let layers: [any LiquidObject]
    /// The time that `now` and `today` mean, in seconds since 1970-01-01 UTC.
    public let now: Int
    /// Seconds east of UTC in which times without a zone are read and all times are written.
    public let utcOffset: Int

    /// Layers from the most general to the most special.
    ///
    /// - Parameters:
    ///   - layers: a name is looked up in the last layer first.
    ///   - now: seconds since 1970-01-01 UTC.
    ///   - utcOffset: seconds east of UTC.
    public init(_ layers: [any LiquidObject], now: Int, utcOffset: Int = 0) {
        self.layers = layers
        self.now = now
        self.utcOffset = utcOffset
    }

    /// The same scope with one more layer over the others.
    public func adding(_ layer: any LiquidObject) -> Scope {
        Scope(layers + [layer], now: now, utcOffset: utcOffset)
    }

    /// The value of a top-level name, or nothing when no layer has it.
    public func value(_ key: Key) -> Value? {
        var index = layers.count
        while index > 0 {
            index -= 1
            if let value = layers[index].field(key) { return value }
        }
        return nil
    }
}
