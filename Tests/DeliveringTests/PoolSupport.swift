import Foundation
import MIME
import Model
import TestSupport

@testable import Delivering

/// A pool with a folder of its own.
struct TestPool: Sendable {
    let pool: RelayPool
    let folder: String

    /// - Parameters:
    ///   - clock: The machine's where none is given.
    ///   - courier: Makes the couriers of a relay; real ones where none is given.
    init(
        _ members: [PoolMember], waitsForRelays: Bool = true, clock: ControlledClock? = nil,
        folder: String? = nil,
        use: @escaping RelayPool.UseReader = { _ in RelayUse(firstDay: nil, today: 0) },
        courier: (@Sendable (Relay) throws -> any Courier)? = nil
    ) throws {
        let time = clock?.forPool ?? .system
        self.folder = folder ?? Self.newFolder()
        pool = RelayPool(
            members, book: try PaceBook(folder: self.folder, clock: time.now), waitsForRelays: waitsForRelays,
            use: use, clock: time,
            connecting: { relay in
                RelayConnections(limit: relay.connections) {
                    try courier?(relay) ?? SMTPCourier(relay: relay, timeouts: .init(connect: 5, reply: 600))
                }
            })
    }

    static func newFolder() -> String {
        FileManager.default.temporaryDirectory.appending(path: "boon-pool-\(UUID().uuidString)").path
    }

    func end() async {
        await pool.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Sends as a run does: one loop takes turns, each turn is handled in a task of its own, and what is due again
    /// at once goes again.
    /// - Returns: What became of each; of whom nothing is said had no turn before the signal was raised.
    func send(
        _ recipients: [String], domain: String? = nil, stop: StopSignal = StopSignal()
    ) async throws -> [String: Outcome] {
        try await withThrowingTaskGroup(of: [(String, Outcome)].self) { group in
            var (waiting, results, running) = (recipients[...], [String: Outcome](), 0)
            while !waiting.isEmpty || running > 0 {
                if !waiting.isEmpty {
                    let turn = try await pool.turn(upTo: waiting.count, domain: domain, stop: stop)
                    guard let turn else { break }
                    let part = waiting.prefix(turn.count)
                    waiting = waiting.dropFirst(part.count)
                    pool.end(turn, unused: turn.count - part.count)
                    running += 1
                    group.addTask { try await deliver(Array(part), on: turn, stop: stop) }
                }
                if waiting.isEmpty, let done = try await group.next() {
                    running -= 1
                    for (recipient, outcome) in done {
                        results[recipient] = outcome
                        if outcome.verdict == .unreachable { waiting.append(recipient) }
                    }
                }
            }
            return try await group.reduce(into: results) { results, done in
                for (recipient, outcome) in done { results[recipient] = outcome }
            }
        }
    }

    /// Hands over the messages of one turn.
    func deliver(_ recipients: [String], on turn: RelayTurn, stop: StopSignal = StopSignal()) async throws
        -> [(String, Outcome)]
    {
        let message = try Sample.message()
        let messages = try recipients.map { EnvelopedMessage(try Sample.envelope(to: $0), message) }
        return Array(zip(recipients, await pool.deliver(messages, on: turn, stop: stop)))
    }

    /// Takes a turn and hands over all of it.
    /// - Returns: How many messages it had; nil when the turn was not given.
    @discardableResult
    func takeTurn(upTo most: Int = 1000, domain: String? = nil) async throws -> Int? {
        guard let turn = try await pool.turn(upTo: most, domain: domain, stop: StopSignal()) else {
            return nil
        }
        _ = try await deliver(Array(repeating: "kadri@shop.example", count: turn.count), on: turn)
        return turn.count
    }
}

extension Relay {
    /// A relay on this machine.
    static func local(_ name: String, port: UInt16 = 25, connections: Int = 4, batch: Int = 64) throws
        -> Relay
    {
        try Relay(
            name: name, url: "smtp://127.0.0.1:\(port)", connections: connections, batch: batch)
    }
}

/// Answers with what a closure says.
final class ScriptedCourier: Courier {
    private let answer: @Sendable () -> Outcome.Verdict

    init(_ answer: @escaping @Sendable () -> Outcome.Verdict = { .accepted }) {
        self.answer = answer
    }

    func deliver(_ envelope: Envelope, _ message: FinalBytes, stop: StopSignal) -> Outcome {
        Outcome(answer(), reply: "said so")
    }
}
