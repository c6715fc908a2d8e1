import Model
import Testing

@testable import Delivering

@Suite("A relay's lane in the pool")
struct LaneTests {
    private let now = ControlledClock.midnight

    private func lane(
        connections: Int = 16, batch: Int = 64, weight: Int = 1, warmUp: WarmUp? = nil
    ) throws -> Lane {
        let relay = try Relay.local("main", connections: connections, batch: batch)
        return Lane(PoolMember(relay: relay, weight: weight, warmUp: warmUp))
    }

    private func outcome(_ verdict: Outcome.Verdict) -> Outcome { Outcome(verdict, reply: "said so") }

    @Test(
        "The window begins at 5, grows with each answer up to the connections, and shrinks with each trouble")
    func window() throws {
        var lane = try lane(connections: 7)
        var windows = [lane.window]
        let answers: [Outcome.Verdict] = [
            .accepted, .refused(suppress: false), .deferred, .unreachable, .inDoubt, .withdrawn,
        ]
        for verdict in answers {
            _ = lane.learn(from: outcome(verdict), ofProbe: false, at: now)
            windows.append(lane.window)
        }
        #expect(windows == [5, 6, 7, 7, 6, 5, 5])
    }

    @Test("Only a probe makes the pause longer, and any answer ends it")
    func setAside() throws {
        var lane = try lane(connections: 2)
        for _ in 1...2 { _ = lane.learn(from: outcome(.unreachable), ofProbe: false, at: now) }
        #expect(lane.asideUntil == now + ControlledClock.second)
        _ = lane.learn(from: outcome(.unreachable), ofProbe: false, at: now + 1)
        #expect(lane.asideUntil == now + ControlledClock.second, "it was under way before")
        _ = lane.give(1, virtualTime: 0)
        _ = lane.learn(from: outcome(.unreachable), ofProbe: true, at: now)
        lane.end(1, unused: 0, ofProbe: true)
        #expect(lane.asideUntil == now + 2 * ControlledClock.second)
        #expect(lane.room(at: now, heaviest: 1) == 0)
        #expect(lane.room(at: now + 2 * ControlledClock.second, heaviest: 1) == 1)
        _ = lane.learn(from: outcome(.deferred), ofProbe: false, at: now)
        #expect(lane.asideUntil == nil)
        #expect(lane.window == 2)
    }

    @Test(
        "What is under way is a few batches, shared by weight, and at least the window",
        arguments: [
            (16, 64, 1, 1, 80), (16, 10, 1, 1, 30), (1, 64, 1, 1, 16), (2, 1, 1, 1, 2), (16, 64, 1, 4, 20),
            (16, 64, 1, 1000, 5), (16, 64, 4, 4, 80),
        ])
    func places(connections: Int, batch: Int, weight: Int, heaviest: Int, most: Int) throws {
        var lane = try lane(connections: connections, batch: batch, weight: weight)
        var given = 0
        while case let places = lane.places(heaviest: heaviest), places > 0 {
            #expect(places <= batch)
            _ = lane.give(1, virtualTime: 0)
            given += 1
        }
        #expect(given > most / 2 && given <= most, "it stops when less than half a batch is free")
    }

    @Test("A relay that is set aside and has had its messages of the day is looked at when something changes")
    func nextChange() throws {
        var lane = try lane(connections: 1, warmUp: WarmUp(start: Pace(1, per: 86_400_000), doubleEvery: 1))
        let isRead = lane.startReading(at: now)
        #expect(isRead)
        lane.finishReading(RelayUse(firstDay: nil, today: 1))
        #expect(lane.isAway(at: now))
        _ = lane.learn(from: outcome(.unreachable), ofProbe: false, at: now)
        #expect(lane.nextChange(after: now) == now + ControlledClock.second)
        let later = now + 2 * ControlledClock.second
        #expect(lane.room(at: later, heaviest: 1) == 0)
        #expect(lane.nextChange(after: later) == now + 86_400 * ControlledClock.second)
    }
}
