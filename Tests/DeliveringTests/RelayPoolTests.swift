import Foundation
import MIME
import Synchronization
import TestSupport
import Testing

@testable import Delivering

/// Real couriers and real sockets.
@Suite("A pool of relays on the wire")
struct RelayPoolTests {
    private func recipients(_ count: Int) -> [String] { (1...count).map { "reader\($0)@shop.example" } }

    private func received(by server: FaultyServer) -> [String] {
        server.log.messages.flatMap(\.recipients).map { String($0.dropFirst().dropLast()) }
    }

    @Test("Beside a dead relay the living one gets everything once, and nothing is lost")
    func failover() async throws {
        let living = try FaultyServer()
        defer { living.stop() }
        let dead = try Relay.local("dead", port: Socket.freePort())
        let test = try TestPool([
            PoolMember(relay: dead), PoolMember(relay: try .local("living", port: living.port)),
        ])
        let outcomes = try await test.send(recipients(300))
        #expect(outcomes.count == 300)
        #expect(outcomes.values.allSatisfy { $0.verdict == .accepted })
        #expect(received(by: living).sorted() == recipients(300).sorted())
        let health = test.pool.health()
        #expect(health.map(\.name) == ["dead", "living"])
        #expect(health[0].setAsideUntil != nil)
        #expect(health[0].lastTrouble?.hasPrefix("Not handed over: ") == true)
        #expect(health[1].setAsideUntil == nil)
        #expect(health.allSatisfy { $0.underWay == 0 })
        await test.end()
    }

    @Test("Relays of weight 3 and 1 get three quarters and one quarter")
    func weight() async throws {
        let (heavy, light) = (try FaultyServer(), try FaultyServer())
        defer {
            heavy.stop()
            light.stop()
        }
        let test = try TestPool([
            PoolMember(relay: try .local("light", port: light.port, batch: 8)),
            PoolMember(relay: try .local("heavy", port: heavy.port, batch: 8), weight: 3),
        ])
        for _ in 0..<80 { try await test.takeTurn(upTo: 5) }
        #expect((95...105).contains(light.log.messages.count))
        #expect(light.log.messages.count + heavy.log.messages.count == 400)
        await test.end()
    }

    @Test("A silent relay keeps a bounded number of messages, and the rest goes over the other at once")
    func slowRelay() async throws {
        let (silent, living) = (try FaultyServer(.rcpt, .silence), try FaultyServer())
        defer {
            silent.stop()
            living.stop()
        }
        let test = try TestPool([
            PoolMember(relay: try .local("silent", port: silent.port, batch: 16)),
            PoolMember(relay: try .local("living", port: living.port, batch: 16)),
        ])
        let stop = StopSignal()
        async let outcomes = test.send(recipients(400), stop: stop)
        defer { test.pool.withdraw(stop) }
        try await waitUntil(within: .seconds(60)) {
            let underWay = test.pool.health().map(\.underWay)
            return underWay[0] + living.log.messages.count == 400 && underWay[1] == 0
        }
        #expect((1...48).contains(test.pool.health()[0].underWay))
        test.pool.withdraw(stop)
        let verdicts = try await outcomes.values.map(\.verdict)
        #expect(verdicts.count { $0 == .accepted } == living.log.messages.count)
        #expect(verdicts.allSatisfy { $0 == .accepted || $0 == .withdrawn })
        await test.end()
    }

    @Test("Two hundred messages that wait for a silent relay are given back within a moment of the signal")
    func withdrawal() async throws {
        let server = try FaultyServer()
        defer { server.stop() }
        let relay = try Relay.local("main", port: server.port, connections: 16, batch: 70)
        let test = try TestPool([PoolMember(relay: relay)])
        _ = try await test.send(recipients(40))
        #expect(test.pool.health()[0].window == 16)
        server.script = FaultyServer.Script(behaviours: [.rcpt: .silence])
        let stop = StopSignal()
        let outcomes = try await withThrowingTaskGroup(of: [(String, Outcome)].self) { group in
            for _ in 1...3 {
                let turn = try #require(try await test.pool.turn(upTo: 1000, stop: stop))
                group.addTask { try await test.deliver(recipients(turn.count), on: turn, stop: stop) }
            }
            async let fourth = test.pool.turn(upTo: 1000, stop: stop)
            try await waitUntil { server.log.commands.count { $0.hasPrefix("RCPT") } == 40 + 16 }
            test.pool.withdraw(stop)
            let isGranted = try await fourth != nil
            #expect(!isGranted)
            return try await group.reduce(into: []) { $0 += $1 }
        }
        // The server has answered none of them: nothing but the signal ends them as withdrawn.
        #expect(outcomes.count == 210)
        #expect(outcomes.allSatisfy { $0.1.verdict == .withdrawn })
        #expect(server.log.messages.count == 40)
        await test.end()
    }

    @Test("A relay that is back after a probe is used again, with a window that grows up to its connections")
    func probe() async throws {
        let server = try FaultyServer(.greeting, .reply("421 4.3.2 Starting"))
        defer { server.stop() }
        let clock = ControlledClock()
        let relay = try Relay.local("main", port: server.port, connections: 8)
        let test = try TestPool([PoolMember(relay: relay)], clock: clock)
        async let outcomes = test.send(recipients(60))
        for seconds in [1, 2, 4] as [Int64] {
            try await waitUntil { test.pool.health()[0].underWay == 0 && clock.nextWaking != nil }
            #expect(test.pool.health()[0].window == 0)
            #expect(test.pool.health()[0].lastTrouble == "421 4.3.2 Starting")
            #expect(try await clock.skip() == seconds * ControlledClock.second)
        }
        try await waitUntil { test.pool.health()[0].underWay == 0 && clock.nextWaking != nil }
        #expect(server.log.connections == 5 + 3)
        server.script = FaultyServer.Script()
        try await clock.skip()
        #expect(try await outcomes.values.allSatisfy { $0.verdict == .accepted })
        #expect(received(by: server).sorted() == recipients(60).sorted())
        #expect(test.pool.health()[0].window == 8)
        await test.end()
    }

    @Test("In the foreground a relay that is not reached ends the wait with a sentence")
    func noneReachable() async throws {
        let port = try Socket.freePort()
        let relay = try Relay.local("main", port: port)
        let test = try TestPool([PoolMember(relay: relay)], waitsForRelays: false)
        let error = try await #require(throws: RelayPoolError.self) { try await test.send(recipients(10)) }
        #expect(error.description.hasPrefix("No relay takes messages: main (\"Not handed over: "))
        #expect(error.description.contains("\(port)"))
        #expect(
            error.description.hasSuffix(
                "); see that it runs and that boon.yaml is right about it, or wait, then send again"))
        await test.end()
    }

    @Test("Where messages are put in doubt one after the other, the relay is set aside")
    func inDoubt() async throws {
        let server = try FaultyServer(.end, .close)
        defer { server.stop() }
        let test = try TestPool(
            [PoolMember(relay: try .local("main", port: server.port))], clock: ControlledClock())
        let turn = try #require(try await test.pool.turn(upTo: 40, stop: StopSignal()))
        let outcomes = try await test.deliver(recipients(turn.count), on: turn)
        let doubtful = outcomes.count { $0.1.verdict == .inDoubt }
        #expect(doubtful == 4, "one for each of its connections")
        #expect(outcomes.count { $0.1.verdict == .unreachable } == turn.count - doubtful)
        await test.end()
    }
}
