/// A part of a condition that this version of Boon cannot decide, so that nothing is sent on a guess.
package struct Unanswerable: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is asked, as written: `rfm`, `ltv`.
    package let what: String
    package let place: Place
    /// Why it cannot be answered.
    let reason: String

    /// One sentence with the place.
    package var description: String { "\(place): `\(what)` cannot be decided: \(reason)" }
}

extension Condition {
    /// Everything in this condition, and in the segments it names, that cannot be decided; in the order of the
    /// text. Sending is refused while there is any.
    /// - Parameter segments: by name.
    package func unanswerable(segments: [String: Segment]) -> [Unanswerable] {
        tests(segments: segments).compactMap { test in
            switch test {
            case .segment(let name, let place): .unknownSegment(name, at: place)
            default: test.operand?.unanswerable
            }
        }
    }
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
}

extension Operand {
    /// nil for what can be decided.
    package var unanswerable: Unanswerable? {
        switch field {
        case .rfm:
            Unanswerable(
                what: description, place: place, reason: "RFM groups are not computed by this version")
        case .ltv:
            Unanswerable(
                what: description, place: place, reason: "lifetime values are not computed by this version")
        default: nil
        }
    }
}
