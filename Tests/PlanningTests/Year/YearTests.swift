import Foundation
import TestSupport
import Testing

/// How much of a year is simulated.
private struct YearSize {
    let customers: Int
    /// How often the shop tells something.
    let imports: Int
    /// How often the daemon is killed while it waits, and while it works.
    let kills: (waiting: Int, working: Int)
    /// How often the clock is set wrong by each of the steps.
    let rounds: Int

    static let wanted =
        LongRun.isWanted
        ? YearSize(customers: 10_000, imports: 3000, kills: (250, 250), rounds: 5)
        : YearSize(customers: 240, imports: 300, kills: (40, 40), rounds: 2)
}

@Suite("A simulated year")
struct YearTests {
    @Test(
        "Killed at random instants and with its clock set wrong, the daemon sends what a plain model says, once"
    )
    func year() async throws {
        let size = YearSize.wanted
        let (definitions, zones) = (try YearWorkspace.definitions(), YearWorkspace.zones)
        let home = try #require(TimeZone(identifier: "Europe/Tallinn"))
        let script = YearScript(
            customers: size.customers, imports: size.imports, of: YearWorkspace.year, zones: zones, seed: 1)
        let life = YearLife(of: YearWorkspace.year, kills: size.kills.waiting, rounds: size.rounds, seed: 2)

        var model = PlainDaemon(definitions, home: home, zones: zones, year: YearWorkspace.year)
        try await model.live(life, script)
        let unseen = YearRecord.Why.allCases.filter { model.record.count($0) == 0 }
        #expect(unseen.isEmpty, "nobody was left out because of \(unseen)")

        // Where the clock was just set, whoever is killed before all is sent may come back to find the rest late.
        let killable = model.sendings.filter { sending in
            let stretch = life.stretches[sending.stretch]
            return stretch.isStart || stretch.time.lowerBound < sending.time
        }
        var random = SeededGenerator(seed: 3)
        let dying = Set(killable.shuffled(using: &random).prefix(size.kills.working))
        let daemon = SimulatedDaemon(definitions, home: home, seed: 4)
        try await daemon.live(life, script, dying: dying)

        for isRebuilt in [false, true] {
            let (record, doubtful) = try daemon.record(rebuilt: isRebuilt)
            let differences = record.differences(from: model.record)
            #expect(
                differences.isEmpty, "\(differences.count): \(differences.prefix(40).joined(separator: "\n"))"
            )
            #expect(doubtful.count <= 16 * dying.count)
            let delivered = Set(daemon.deliveries)
            #expect(delivered.count == daemon.deliveries.count, "somebody got two")
            #expect(
                delivered.count + doubtful.subtracting(delivered).count == record.sent, "somebody got nothing"
            )
        }
    }
}
