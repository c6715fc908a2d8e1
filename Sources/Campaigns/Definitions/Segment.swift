/// A group of customers with a name.
package struct Segment: Hashable, Sendable {
    package var name: String
    package var condition: Condition
    /// Where the name stands.
    package var place: Place
}
