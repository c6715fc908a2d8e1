/// A part of a condition that cannot be decided, so that nothing is sent on a guess. Definitions without errors have
/// none, as long as whoever asks for RFM groups has measured customers against each other.
package struct Unanswerable: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is asked, as written: a segment's name, `rfm`.
    package let what: String
    package let place: Place
    /// Why it cannot be answered.
    let reason: String

    /// One sentence with the place.
    package var description: String { "\(place): `\(what)` cannot be decided: \(reason)" }
}

extension Unanswerable {
    /// A segment that nobody defined.
    package static func unknownSegment(_ name: String, at place: Place) -> Unanswerable {
        Unanswerable(what: name, place: place, reason: "there is no segment of this name")
    }

    /// A segment that would have to be decided to decide it.
    package static func segmentCircle(_ name: String, at place: Place) -> Unanswerable {
        Unanswerable(what: name, place: place, reason: "the segment refers to itself")
    }

    /// A question about RFM groups to whoever did not look at all customers first.
    package static func unmeasured(_ operand: Operand) -> Unanswerable {
        Unanswerable(
            what: operand.description, place: operand.place,
            reason: "the customers were not measured against each other")
    }
}
