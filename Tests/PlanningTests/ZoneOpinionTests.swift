import Foundation
import Model
import TestSupport
import Testing

/// Zones are judged by another implementation: Python's `zoneinfo`.
private let hasZoneInfo = Python.has("zoneinfo")

@Suite("Zones, by another's opinion")
struct ZoneOpinionTests {
    /// Halves and quarters of hours, daylight saving of half an hour, days left out, winter that begins in autumn.
    private static let names = [
        "Europe/Tallinn", "Europe/Lisbon", "America/New_York", "America/St_Johns", "America/Sao_Paulo",
        "America/Caracas", "Asia/Kathmandu", "Asia/Jerusalem", "Asia/Tehran", "Australia/Lord_Howe",
        "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Africa/Cairo", "UTC",
    ]

    @Test(
        "Local times are the instants that zoneinfo says, or the next that exists",
        .enabled(if: hasZoneInfo, "Python's zoneinfo is not there"))
    func agreement() async throws {
        var generator = SeededGenerator(seed: 3)
        let times = Self.names.flatMap { name in
            (0..<800).map { _ in
                // From 1995 to 2035, to the minute.
                let minutes = Int64.random(in: 13_150_000..<34_160_000, using: &generator)
                return (name, Timestamp(milliseconds: minutes * 60_000).local(in: .gmt))
            } + Self.besideChanges(of: name)
        }
        let input = times.map { "\($0.0)|\($0.1)" }.joined(separator: "\n")
        let answers = try await Python.run(Self.script, input: input).split(separator: "\n")
        try #require(answers.count == times.count)
        for ((name, local), answer) in zip(times, answers) {
            let zone = try #require(TimeZone(identifier: name))
            #expect("\(Timestamp(local, in: zone).seconds)" == answer, "\(local) in \(name)")
        }
    }

    /// What clocks show every twenty minutes for three hours around every change of a zone since 2005.
    private static func besideChanges(of name: String) -> [(String, LocalTime)] {
        guard let zone = TimeZone(identifier: name) else { return [] }
        var times: [(String, LocalTime)] = []
        var day = Timestamp(milliseconds: 1_104_537_600_000)
        while day.milliseconds < 2_051_222_400_000 {
            let next = day.advanced(milliseconds: 86_400_000)
            if day.offset(in: zone) != next.offset(in: zone) {
                times += (0..<100).map { step in
                    (name, day.advanced(milliseconds: Int64(step) * 1_200_000).local(in: .gmt))
                }
            }
            day = next
        }
        return times
    }

    private static let script = """
        import datetime, sys, zoneinfo
        utc = datetime.timezone.utc
        for line in sys.stdin.read().split("\\n"):
            name, local = line.split("|")
            zone = zoneinfo.ZoneInfo(name)
            local = datetime.datetime.fromisoformat(local).replace(tzinfo=zone)
            instant = int(local.astimezone(utc).timestamp())
            shown = datetime.datetime.fromtimestamp(instant, zone)
            if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
                low, high = int(local.replace(fold=1).astimezone(utc).timestamp()), instant
                before = datetime.datetime.fromtimestamp(low - 1, zone).utcoffset()
                while high - low > 1:
                    middle = (low + high) // 2
                    if datetime.datetime.fromtimestamp(middle, zone).utcoffset() == before:
                        low = middle
                    else:
                        high = middle
                instant = high
            print(instant)
        """
}
