/// An event with its number and the instant it was recorded at.
package struct Record: Hashable, Sendable {
    /// The number in its store, from 1.
    package let seq: Int64
    /// When it was recorded.
    package let at: Timestamp
    package let event: Event

    /// Reads a journal line's object.
    /// - Throws: `EventError`.
    package init(_ json: JSONObject) throws(EventError) {
        do {
            seq = try json.requiredInteger("seq")
            at = try json.requiredTimestamp("at")
        } catch {
            throw .malformed("\(error)")
        }
        event = try Event(json)
    }
}
