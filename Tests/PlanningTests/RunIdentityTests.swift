import Foundation
import Model
import Planning
import Testing

@Suite("Identities of runs")
struct RunIdentityTests {
    @Test(
        "A run by hand is told from those of a schedule, in whichever zone that is",
        arguments: ["UTC", "GMT", "Etc/Zulu", "Africa/Abidjan", "Europe/Tallinn", "America/St_Johns", nil])
    func byHand(zone: String?) throws {
        let zone = try zone.map { try #require(TimeZone(identifier: $0)) }
        let time = LocalTime(
            date: try #require(CalendarDate("2026-11-23")), clock: try #require(ClockTime("00:00")))
        for campaign in ["letter", "Z", "news-Z"] {
            let occurrence = Occurrence(time, in: zone).run(of: campaign)
            #expect(!occurrence.isByHand, "\(occurrence)")
            let byHand = Run(campaign: campaign, occurrence: Timestamp(seconds: 0), recipients: 1).id
            #expect(byHand.isByHand, "\(byHand)")
            let happenings: [RunID] = ["\(campaign)@2026-11-23", "\(campaign)@2026-11-23.2"]
            #expect(happenings.allSatisfy { !$0.isByHand })
        }
    }
}
