import Foundation
import Model

/// How a relay is doing, for a person who looks.
package struct RelayHealth: Hashable, Sendable {
    /// The relay's name.
    package let name: String
    /// How many messages it gets at once by now, and how many it may get at most.
    package let window, connections: Int
    /// How many messages were granted to it and have not ended.
    package let underWay: Int
    /// Until when it is left alone; nil while it is in order.
    package let setAsideUntil: Timestamp?
    /// What it said, or what happened, when it was last not reached.
    package let lastTrouble: String?

    init(_ lane: Lane) {
        (name, connections) = (lane.member.relay.name, lane.member.relay.connections)
        (window, underWay, lastTrouble) = (lane.window, lane.underWay, lane.lastTrouble)
        setAsideUntil = lane.asideUntil.map { Timestamp(milliseconds: $0 / 1000) }
    }
}

/// Nothing can be handed over, and nobody wants to wait.
package enum RelayPoolError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Every relay is set aside or has had its messages of the day.
    case noneReachable([Absence])

    /// Why one relay takes nothing.
    package struct Absence: Hashable, Sendable {
        /// The relay's name.
        package let relay: String
        /// What it said last; nil when its warm-up is used up for the day.
        package let trouble: String?
        /// When it is tried again, or has messages for another day; nil when that is not known.
        package let until: Timestamp?

        fileprivate func words(in zone: TimeZone) -> String {
            if let trouble { return "\(relay) (\"\(trouble)\")" }
            let then = until.map { " and goes on at \($0.fullText(in: zone))" } ?? ""
            return "\(relay) (its warm-up has no messages left for today\(then))"
        }
    }

    package var description: String { sentence(in: .gmt) }

    /// One sentence: which relays, why, and what to do.
    /// - Parameter zone: the clock of whoever reads it.
    package func sentence(in zone: TimeZone) -> String {
        switch self {
        case .noneReachable(let absences):
            "No relay takes messages: \(absences.map { $0.words(in: zone) }.joined(separator: ", ")); see that it runs "
                + "and that boon.yaml is right about it, or wait, then send again"
        }
    }
}
