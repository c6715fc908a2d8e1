import Foundation
import MIME
import Synchronization
import TestSupport
import Testing

@testable import Delivering

@Suite("Connections to a relay")
struct RelayConnectionsTests {
    /// Accepts everything and counts.
    final class Counter: Sendable {
        let messages = Mutex(0)
        let couriers = Mutex(0)
    }

    final class CountingCourier: Courier {
        private let counter: Counter

        init(_ counter: Counter) {
            self.counter = counter
            counter.couriers.withLock { $0 += 1 }
        }

        deinit { counter.couriers.withLock { $0 -= 1 } }

        func deliver(_ envelope: Envelope, _ message: FinalBytes, stop: StopSignal) -> Outcome {
            counter.messages.withLock { $0 += 1 }
            return Outcome(.accepted, reply: "250 Ok: \(envelope.recipient)")
        }
    }

    private func deliver(_ count: Int, over connections: RelayConnections) async throws -> [Outcome.Verdict] {
        let message = EnvelopedMessage(try Sample.envelope(), try Sample.message())
        return await connections.deliver(Array(repeating: message, count: count)).map(\.verdict)
    }

    @Test("Every caller gets an outcome, and the couriers end when it is finished")
    func finish() async throws {
        let counter = Counter()
        let connections = RelayConnections(limit: 4) { CountingCourier(counter) }
        let verdicts = try await deliver(500, over: connections)
        await connections.finish()
        #expect(verdicts == Array(repeating: .accepted, count: 500))
        #expect(counter.messages.withLock { $0 } == 500)
        #expect(counter.couriers.withLock { $0 } == 0)
    }

    @Test("Outcomes come in the order of the messages, and each is told before its connection goes on")
    func order() async throws {
        let counter = Counter()
        let connections = RelayConnections(limit: 1) { CountingCourier(counter) }
        let message = try Sample.message()
        let heard = Mutex<[Int]>([])
        let outcomes = await connections.deliver(
            try (0..<20).map { EnvelopedMessage(try Sample.envelope(to: "c\($0)@shop.example"), message) }
        ) { _ in
            heard.withLock { $0.append(counter.messages.withLock { $0 }) }
        }
        await connections.finish()
        #expect(outcomes.map(\.reply) == (0..<20).map { "250 Ok: c\($0)@shop.example" })
        #expect(heard.withLock { $0 } == Array(1...20))
    }

    @Test("After the end messages are given back, and ending twice is harmless")
    func afterEnd() async throws {
        let connections = RelayConnections(limit: 2) { CountingCourier(Counter()) }
        await connections.finish()
        await connections.stop()
        await connections.finish()
        #expect(try await deliver(1, over: connections) == [.withdrawn])
    }

    @Test("A courier that cannot be made says nothing about what it would have taken")
    func noCourier() async throws {
        let connections = RelayConnections(limit: 1) { throw CurlError(code: 2) }
        #expect(try await deliver(2, over: connections) == [.unreachable, .unreachable])
        await connections.finish()
    }

    @Test("Stopping gives back what waits and what a silent relay has not taken yet")
    func stop() async throws {
        let server = try FaultyServer(.rcpt, .silence)
        defer { server.stop() }
        let relay = try Relay(name: "main", url: "smtp://127.0.0.1:\(server.port)", connections: 2)
        let connections = RelayConnections(to: relay)
        async let verdicts = deliver(10, over: connections)
        while server.log.commands.count(where: { $0.hasPrefix("RCPT") }) < 2 { await Task.yield() }
        await connections.stop()
        #expect(try await verdicts == Array(repeating: .withdrawn, count: 10))
    }

    @Test("Stopping waits for the answer to a text that was already given")
    func stopInText() async throws {
        let server = try FaultyServer(.end, .silence)
        defer { server.stop() }
        let relay = try Relay(name: "main", url: "smtp://127.0.0.1:\(server.port)", connections: 1)
        let connections = RelayConnections(to: relay, timeouts: .init(connect: 5, reply: 2))
        async let verdicts = deliver(1, over: connections)
        while !server.log.commands.contains("DATA") { await Task.yield() }
        await connections.stop()
        let verdict = try await verdicts
        #expect(verdict == [.inDoubt] || verdict == [.withdrawn], "never silently handed over")
    }

    @Test("A raised signal gives back its own messages and nobody else's")
    func ownSignal() async throws {
        let gate = Gate()
        let connections = RelayConnections(limit: 1) { GatedCourier(gate) }
        let (mine, others) = (StopSignal(), StopSignal())
        let message = EnvelopedMessage(try Sample.envelope(), try Sample.message())
        async let first = connections.deliver([message], stop: others)
        defer { gate.open() }
        try await waitUntil { gate.waiting == 1 }
        async let second = connections.deliver([message, message], stop: mine)
        async let third = connections.deliver([message], stop: others)
        mine.raise()
        connections.withdraw()
        #expect(await second.map(\.verdict) == [.withdrawn, .withdrawn])
        #expect(await connections.deliver([message], stop: mine).map(\.verdict) == [.withdrawn])
        gate.open()
        #expect(await first.map(\.verdict) == [.accepted])
        #expect(await third.map(\.verdict) == [.accepted])
        await connections.finish()
    }

    @Test("No more messages are handed over at once than the window has, and threads start when needed")
    func window() async throws {
        let gate = Gate()
        let connections = RelayConnections(limit: 8) { GatedCourier(gate) }
        connections.open(window: 2)
        async let verdicts = deliver(20, over: connections)
        defer { gate.open() }
        try await waitUntil { gate.waiting == 2 }
        #expect(gate.couriers == 2)
        connections.open(window: 5)
        try await waitUntil { gate.waiting == 5 }
        #expect(gate.couriers == 5)
        gate.open()
        #expect(try await verdicts.count == 20)
        #expect(gate.most == 5)
        await connections.finish()
    }

    @Test("While they are shut, connections give back what waits and what comes")
    func shut() async throws {
        let gate = Gate()
        let connections = RelayConnections(limit: 1) { GatedCourier(gate) }
        async let verdicts = deliver(10, over: connections)
        defer { gate.open() }
        try await waitUntil { gate.waiting == 1 }
        connections.shut(answer: Outcome(.unreachable, reply: "Away"))()
        #expect(try await deliver(2, over: connections) == [.unreachable, .unreachable])
        gate.open()
        let all = try await verdicts
        #expect(all.count { $0 == .accepted } == 1)
        #expect(all.count { $0 == .unreachable } == 9)
        connections.open(window: 1)
        #expect(try await deliver(2, over: connections) == [.accepted, .accepted])
        await connections.finish()
    }
}
