import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Delivering

/// The machine's clock: 60 seconds with `make long`, otherwise so short that only too much can be told for sure.
@Suite("Rates in real time")
struct SendingRateTests {
    private static let seconds: Double = LongRun.isWanted ? 60 : 1

    private let folder = TestPool.newFolder()

    private func member() throws -> PoolMember {
        PoolMember(
            relay: try .local("main", connections: 16), rate: Pace(50, per: 1000),
            domains: ["gmail.com": Pace(20, per: 1000)])
    }

    /// Sends as fast as it may, with a new pool after so many seconds.
    private func send(
        to domain: String?, until end: ContinuousClock.Instant, restartingAfter life: Double
    ) async throws -> Int {
        var sent = 0
        while ContinuousClock.now < end {
            let test = try TestPool([try member()], folder: folder, courier: { _ in ScriptedCourier() })
            let restart = min(ContinuousClock.now + .seconds(life), end)
            while ContinuousClock.now < restart { sent += try await test.takeTurn(domain: domain) ?? 0 }
            await test.pool.stop()
        }
        return sent
    }

    @Test("Two senders that share a relay, one of them restarted again and again, hold its rates within 2 %")
    func shared() async throws {
        let start = ContinuousClock.now
        let end = start + .seconds(Self.seconds)
        async let toDomain = send(to: "gmail.com", until: end, restartingAfter: Self.seconds)
        async let toOthers = send(to: nil, until: end, restartingAfter: Self.seconds / 6)
        let domain = try await toDomain
        let all = try await toOthers + domain
        let passed = (ContinuousClock.now - start) / .seconds(1)
        #expect(Double(all) <= 50 * passed + 5)
        #expect(Double(domain) <= 20 * passed + 2)
        if LongRun.isWanted {
            #expect(Double(all) >= 50 * passed * 0.98)
            #expect(Double(all) <= 50 * passed * 1.02)
        }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
