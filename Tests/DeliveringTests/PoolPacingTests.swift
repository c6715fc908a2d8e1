import Foundation
import MIME
import Model
import Synchronization
import TestSupport
import Testing

@testable import Delivering

/// Couriers that answer at once and a clock that is told to go on.
@Suite("What a pool grants")
struct PoolPacingTests {
    private let clock = ControlledClock()

    private func pool(
        _ members: [PoolMember], waitsForRelays: Bool = true, folder: String? = nil,
        use: @escaping RelayPool.UseReader = { _ in RelayUse(firstDay: nil, today: 0) },
        answer: @escaping @Sendable (Relay) -> Outcome.Verdict = { _ in .accepted }
    ) throws -> TestPool {
        try TestPool(
            members, waitsForRelays: waitsForRelays, clock: clock, folder: folder, use: use,
            courier: { relay in ScriptedCourier { answer(relay) } })
    }

    /// Lets the clock go on whenever somebody waits for it, while `body` runs.
    private func running<Answer: Sendable>(_ body: @escaping @Sendable () async throws -> Answer) async throws
        -> Answer
    {
        let driver = Task {
            while !Task.isCancelled {
                if let next = clock.nextWaking { clock.go(to: next) }
                await Task.yield()
            }
        }
        defer { driver.cancel() }
        return try await body()
    }

    @Test("A relay's rate holds over a minute, also across a restart")
    func rate() async throws {
        let folder = TestPool.newFolder()
        let end = clock.now + 60 * ControlledClock.second
        let sent = Mutex(0)
        for part in 1...3 {
            let test = try pool(
                [PoolMember(relay: try .local("main"), rate: Pace(50, per: 1000))], folder: folder)
            let until = end - Int64(3 - part) * 20 * ControlledClock.second
            try await running {
                while clock.now < until {
                    let count = try await test.takeTurn() ?? 0
                    sent.withLock { $0 += count }
                }
            }
            await test.pool.stop()
        }
        #expect((2940...3060).contains(sent.withLock { $0 }))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("A domain's rate slows that domain and no other")
    func domainRate() async throws {
        let member = PoolMember(relay: try .local("main"), domains: ["gmail.com": Pace(20, per: 1000)])
        let test = try pool([member])
        #expect(test.pool.limitedDomains == ["gmail.com"])
        // The clock stands still: more than a burst of the domain would wait forever, all others do not.
        var others = 0
        while others < 2000 { others += try await test.takeTurn() ?? 0 }
        let start = clock.now
        let limited = try await running {
            var limited = 0
            while limited < 200 { limited += try await test.takeTurn(upTo: 50, domain: "gmail.com") ?? 0 }
            return limited
        }
        let seconds = Double(clock.now - start) / Double(ControlledClock.second)
        #expect((9.7...10.2).contains(seconds), "\(limited) messages, 20 a second")
        await test.end()
    }

    @Test("A relay without the domain's rate takes what the other has to slow down")
    func domainElsewhere() async throws {
        let slow = PoolMember(relay: try .local("slow"), domains: ["gmail.com": Pace(20, per: 1000)])
        let test = try pool([slow, PoolMember(relay: try .local("free"))])
        var sent = 0
        while sent < 1000 { sent += try await test.takeTurn(domain: "gmail.com") ?? 0 }
        await test.end()
    }

    @Test("Limits of the caller hold beside those of the relay")
    func extra() async throws {
        let test = try pool([PoolMember(relay: try .local("main"), rate: Pace(1000, per: 1000))])
        let limit = PaceLimit("campaign x", 100, per: 1000)
        let stop = StopSignal()
        let turn = try #require(try await test.pool.turn(upTo: 64, extra: [limit], stop: stop))
        #expect(turn.count == 10)
        test.pool.end(turn, unused: 10)
        let again = try #require(try await test.pool.turn(upTo: 64, extra: [limit], stop: stop))
        #expect(again.count == 10)
        await test.end()
    }

    @Test("A warming relay gets its messages of the day and no more, whoever has sent them")
    func warmUp() async throws {
        let recorded = Mutex(4)
        let day = ControlledClock.midnight / (86_400 * ControlledClock.second)
        let member = PoolMember(
            relay: try .local("main", batch: 8),
            warmUp: WarmUp(start: Pace(20, per: 86_400_000), doubleEvery: 1))
        let test = try pool([member], waitsForRelays: false) { _ in
            RelayUse(firstDay: day, today: recorded.withLock { $0 })
        }
        let error = try await #require(throws: RelayPoolError.self) {
            try await running {
                while let count = try await test.takeTurn(upTo: 5) { recorded.withLock { $0 += count } }
            }
        }
        #expect(recorded.withLock { $0 } == 20)
        let tomorrow = Timestamp(
            milliseconds: (ControlledClock.midnight / ControlledClock.second + 86_400) * 1000)
        let zone = try #require(TimeZone(identifier: "Asia/Tokyo"))
        #expect(
            error.sentence(in: zone).contains(
                "main (its warm-up has no messages left for today and goes on at \(tomorrow.fullText(in: zone)))"
            ))
        clock.go(to: ControlledClock.midnight + 86_400 * ControlledClock.second)
        recorded.withLock { $0 = 0 }
        await #expect(throws: RelayPoolError.self) {
            try await running {
                while let count = try await test.takeTurn() { recorded.withLock { $0 += count } }
            }
        }
        #expect(recorded.withLock { $0 } == 40)
        await test.end()
    }

    @Test("Whoever waits for a time that has come lets some time pass: a clock that stands makes nobody spin")
    func standingClock() async {
        let begun = ContinuousClock.now
        await PoolClock.system.sleep(0)
        #expect(ContinuousClock.now - begun >= .milliseconds(1))
    }

    @Test("A relay that was away gets its share when it is back, and not what it missed")
    func fairness() async throws {
        let counts = Mutex(["a": 0, "b": 0])
        let isAway = Mutex(true)
        let members = [PoolMember(relay: try .local("a")), PoolMember(relay: try .local("b"))]
        let test = try pool(
            members,
            answer: { relay in
                if relay.name == "b" && isAway.withLock({ $0 }) { return .unreachable }
                counts.withLock { $0[relay.name, default: 0] += 1 }
                return .accepted
            })
        while counts.withLock({ $0["a"] ?? 0 }) < 1000 { try await test.takeTurn(upTo: 10) }
        isAway.withLock { $0 = false }
        clock.go(for: 10 * ControlledClock.second)
        counts.withLock { $0 = ["a": 0, "b": 0] }
        for _ in 0..<40 { try await test.takeTurn(upTo: 10) }
        let shares = counts.withLock { $0 }
        #expect((160...230).contains(shares["a"] ?? 0), "\(shares)")
        #expect((160...230).contains(shares["b"] ?? 0), "\(shares)")
        await test.end()
    }

    @Test("A turn has a batch at most, and what is under way is bounded until it ends")
    func bound() async throws {
        let test = try pool([PoolMember(relay: try .local("main", connections: 16, batch: 10))])
        let stop = StopSignal()
        var turns: [RelayTurn] = []
        for _ in 1...3 {
            turns.append(try #require(try await test.pool.turn(upTo: 1000, stop: stop)))
        }
        #expect(turns.map(\.count) == [10, 10, 10])
        async let fourth = test.pool.turn(upTo: 1000, stop: stop)
        try await waitUntil { test.pool.health()[0].underWay == 30 }
        test.pool.end(turns[0], unused: 4)
        #expect(test.pool.health()[0].underWay == 26, "less than half a batch is free")
        test.pool.end(turns[0], unused: 6)
        #expect(try await fourth?.count == 10)
        await test.end()
    }

    @Test("Whoever waits for a turn goes on without one when stopped, cancelled or at the end")
    func ends() async throws {
        let test = try pool([PoolMember(relay: try .local("main", connections: 1, batch: 1))])
        let signals = [StopSignal(), StopSignal(), StopSignal()]
        let turn = try #require(try await test.pool.turn(upTo: 1, stop: signals[0]))
        let waiting = signals.map { signal in Task { try await test.pool.turn(upTo: 1, stop: signal) } }
        test.pool.withdraw(signals[0])
        #expect(try await waiting[0].value == nil)
        waiting[1].cancel()
        #expect(try await waiting[1].value == nil)
        test.pool.end(turn, unused: 1)
        #expect(try await waiting[2].value?.count == 1)
        await test.pool.finish()
        #expect(try await test.pool.turn(upTo: 1, stop: StopSignal()) == nil)
        await test.end()
    }

    @Test("What the store says of a relay's use when it cannot be read ends the turn, and is asked again")
    func unreadableUse() async throws {
        let isBroken = Mutex(true)
        let member = PoolMember(
            relay: try .local("main"), warmUp: WarmUp(start: Pace(20, per: 86_400_000), doubleEvery: 1))
        let test = try pool([member]) { _ in
            if isBroken.withLock({ $0 }) { throw CurlError(code: 1) }
            return RelayUse(firstDay: nil, today: 0)
        }
        await #expect(throws: CurlError.self) { try await test.takeTurn() }
        isBroken.withLock { $0 = false }
        #expect(try await test.takeTurn() == 20)
        await test.end()
    }
}
