/// A part of a condition that this version of Boon cannot decide, so that nothing is sent on a guess.
package struct Unanswerable: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is asked, as written: `rfm`, `clicked any`.
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
        var seen: Set<String> = []
        return unanswerable(segments: segments, seen: &seen)
    }

    private func unanswerable(segments: [String: Segment], seen: inout Set<String>) -> [Unanswerable] {
        var found: [Unanswerable] = []
        switch self {
        case .all(let members), .any(let members):
            for member in members { found += member.unanswerable(segments: segments, seen: &seen) }
        case .not(let condition): found = condition.unanswerable(segments: segments, seen: &seen)
        case .segment(let name, let place):
            guard let segment = segments[name] else { return [.unknownSegment(name, at: place)] }
            guard seen.insert(name).inserted else { return [] }
            found = segment.condition.unanswerable(segments: segments, seen: &seen)
        case .mail(let history): found = history.unanswerable.map { [$0] } ?? []
        case .compares(let operand, _, _), .isOneOf(let operand, _), .contains(let operand, _),
            .isEmpty(let operand),
            .within(let operand, _), .isOlder(let operand, _), .withinNext(let operand, _):
            found = operand.unanswerable.map { [$0] } ?? []
        case .subscribed: break
        }
        return found
    }
}

extension Unanswerable {
    /// A segment that nobody defined.
    package static func unknownSegment(_ name: String, at place: Place) -> Unanswerable {
        Unanswerable(what: name, place: place, reason: "there is no segment of this name")
    }

    static func segmentCircle(_ name: String, at place: Place) -> Unanswerable {
        Unanswerable(what: name, place: place, reason: "the segment refers to itself")
    }
}

extension MailHistory {
    /// nil for what can be decided.
    package var unanswerable: Unanswerable? {
        switch action {
        case .sent, .answered: nil
        case .opened, .clicked:
            Unanswerable(
                what: description, place: place,
                reason: "\(action.rawValue) mail is not recorded by this version")
        }
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
