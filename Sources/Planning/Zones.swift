import Foundation

/// The zones that a workspace and its customers live in.
///
/// A customer without a zone, or with one that this machine does not know, lives in the workspace's.
package struct Zones: Sendable {
    /// The workspace's own.
    package let home: TimeZone
    private let known: [String: TimeZone]

    /// The zones of a workspace whose customers name some.
    package init(home: TimeZone, names: some Sequence<String>) {
        self.home = home
        var known: [String: TimeZone] = [:]
        for name in names { known[name] = TimeZone(identifier: name) }
        self.known = known
    }

    /// Where a customer lives who names this zone.
    package subscript(name: String?) -> TimeZone {
        name.flatMap { known[$0] ?? TimeZone(identifier: $0) } ?? home
    }

    /// Every zone that somebody may live in, the workspace's included.
    package var all: [TimeZone] { [home] + known.values }
}
