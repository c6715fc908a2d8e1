import Foundation

/// The clocks of the zones that a shop and its customers live in.
final class WallClocks {
    let home: WallClock
    /// The shop's and those of all zones that are known.
    let all: [WallClock]
    private let known: [String: WallClock]

    init(home: TimeZone, zones: [String]) {
        self.home = WallClock(home)
        known = Dictionary(
            uniqueKeysWithValues: zones.compactMap { name in
                TimeZone(identifier: name).map { (name, WallClock($0)) }
            })
        all = [self.home] + known.values
    }

    /// The clock of who lives in a zone; the shop's where there is none of that name.
    subscript(zone: String?) -> WallClock { zone.flatMap { known[$0] } ?? home }
}
