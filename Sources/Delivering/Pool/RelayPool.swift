import MIME
import Model
import Synchronization

/// The relays of the settings as one: who has messages asks for a turn, and hands them to the relay it names.
///
/// Each relay has a window, the messages it gets at once, that grows with its answers and shrinks with its troubles;
/// at nothing it is set aside for a while and then probed with one message (Postfix, SCHEDULER_README). Among those
/// that may take messages the weights decide, by start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM 1996). What is
/// under way at a relay is bounded, so a slow one keeps little from the others. Ends with `finish()` or `stop()`.
package final class RelayPool: Sendable {
    /// The domains that have a rate at some relay, in lower case. Messages to one of them need a turn of its own;
    /// all others share turns.
    package let limitedDomains: Set<String>

    /// Asks the store what a warming relay was given.
    package typealias UseReader = @Sendable (_ relay: String) async throws -> RelayUse

    private struct State {
        var lanes: [Lane]
        var virtualTime = 0.0
        var isClosed = false

        /// The greatest weight among the relays that can be reached.
        var heaviest: Int { lanes.lazy.filter { !$0.needsProbe }.map(\.member.weight).max() ?? 1 }
    }

    private enum Answer {
        case turn(RelayTurn)
        case none
        case wait(until: Int64?)
    }

    private let state: Mutex<State>
    private let connections: [RelayConnections]
    private let book: PaceBook
    private let waitsForRelays: Bool
    private let use: UseReader
    private let clock: PoolClock
    private let waiting = Waiting()

    /// Puts relays together; nothing is opened before the first message.
    /// - Parameters:
    ///   - book: Holds the rates, for all processes that share its folder.
    ///   - waitsForRelays: Whether a turn waits for relays that are set aside, or throws.
    ///   - use: Asked every ten seconds or so for a relay that has a warm-up, and for no other. It must not block.
    package convenience init(
        _ members: [PoolMember], book: PaceBook, waitsForRelays: Bool = true,
        timeouts: SMTPCourier.Timeouts = .init(), use: @escaping UseReader
    ) {
        self.init(
            members, book: book, waitsForRelays: waitsForRelays, use: use, clock: .system,
            connecting: { RelayConnections(to: $0, timeouts: timeouts) })
    }

    init(
        _ members: [PoolMember], book: PaceBook, waitsForRelays: Bool, use: @escaping UseReader,
        clock: PoolClock, connecting: (Relay) -> RelayConnections
    ) {
        limitedDomains = Set(members.flatMap(\.domains.keys))
        let lanes = members.map(Lane.init)
        connections = members.map { connecting($0.relay) }
        for (lane, connections) in zip(lanes, connections) { connections.open(window: lane.window) }
        state = Mutex(State(lanes: lanes))
        (self.book, self.waitsForRelays, self.use, self.clock) = (book, waitsForRelays, use, clock)
    }

    // MARK: Turns

    /// Waits until some relay may be given messages.
    ///
    /// Whoever has many asks for the next turn while earlier ones are still being delivered: the turns themselves
    /// bound what is under way.
    /// - Parameters:
    ///   - most: How many messages there are; at most a relay's batch is granted.
    ///   - domain: The one of `limitedDomains` that all of them go to; nil for those that go to none.
    ///   - extra: Limits beside the relays' own.
    ///   - stop: Ends the wait, together with `withdraw(_:)`.
    /// - Returns: nil once `stop` is raised, the task cancelled or the pool at its end.
    /// - Throws: `RelayPoolError` where it does not wait for relays, `PaceBookError`, and what `use` throws.
    package func turn(
        upTo most: Int, domain: String? = nil, extra: [PaceLimit] = [], stop: StopSignal
    ) async throws -> RelayTurn? {
        while !stop.isRaised && !Task.isCancelled {
            let (changes, now) = (waiting.changes, clock.now())
            try await readUse(at: now)
            let answer = try state.withLock { state in
                try self.answer(&state, at: now, upTo: max(most, 1), domain: domain, extra: extra)
            }
            switch answer {
            case .turn(let turn): return turn
            case .none: return nil
            case .wait(let until): await waiting.wait(beyond: changes, until: until, clock)
            }
        }
        return nil
    }

    private func answer(
        _ state: inout State, at now: Int64, upTo most: Int, domain: String?, extra: [PaceLimit]
    ) throws -> Answer {
        guard !state.isClosed else { return .none }
        if !waitsForRelays && state.lanes.allSatisfy({ $0.isAway(at: now) }) {
            throw RelayPoolError.noneReachable(state.lanes.map { $0.absence(at: now) })
        }
        let heaviest = state.heaviest
        var until: Int64?
        for index in state.lanes.indices.sorted(by: { state.lanes[$0].tag < state.lanes[$1].tag }) {
            let lane = state.lanes[index]
            let room = lane.room(at: now, heaviest: heaviest)
            guard room > 0 else {
                until = Self.earlier(until, lane.nextChange(after: now))
                continue
            }
            switch try book.take(upTo: min(most, room), of: lane.member.limits(domain: domain) + extra) {
            case .wait(let instant): until = Self.earlier(until, instant)
            case .go(let grant): return .turn(give(grant, to: index, &state))
            }
        }
        return .wait(until: until)
    }

    private func give(_ grant: PaceGrant, to index: Int, _ state: inout State) -> RelayTurn {
        let isProbe = state.lanes[index].needsProbe
        if isProbe { connections[index].openForOneMore() }
        state.virtualTime = state.lanes[index].give(grant.count, virtualTime: state.virtualTime)
        return RelayTurn(
            relay: state.lanes[index].member.relay, count: grant.count, lane: index, isProbe: isProbe,
            grant: grant)
    }

    private static func earlier(_ one: Int64?, _ other: Int64?) -> Int64? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    /// Asks how much warming relays were given, where that is not known or long ago. Others who want a turn do
    /// not wait for the answer; they have none of these relays meanwhile.
    private func readUse(at now: Int64) async throws {
        for index in connections.indices where state.withLock({ $0.lanes[index].startReading(at: now) }) {
            var read: RelayUse?
            defer {
                state.withLock { $0.lanes[index].finishReading(read) }
                waiting.wake()
            }
            read = try await use(state.withLock { $0.lanes[index].member.relay.name })
        }
    }

    // MARK: Messages

    /// Hands over messages of a turn and waits for all outcomes. The task's cancellation changes nothing: what the
    /// relay said must be known.
    /// - Parameters:
    ///   - stop: Gives back the messages of which the relay has no text.
    ///   - heard: Called with every outcome as soon as it is known, on some thread that holds no lock.
    /// - Returns: the outcomes, in the order of the messages.
    package func deliver(
        _ messages: [EnvelopedMessage], on turn: RelayTurn, stop: StopSignal,
        heard: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) async -> [Outcome] {
        await connections[turn.lane].deliver(messages, stop: stop) {
            self.learn(from: $0, on: turn)
        } heard: {
            heard($0)
            self.end(1, of: turn, unused: 0)
        }
    }

    /// Gives back what a turn was not used for, once it is known.
    /// - Parameter unused: How many of its messages were not given to `deliver`; 0 changes nothing.
    package func end(_ turn: RelayTurn, unused: Int) {
        guard unused > 0 else { return }
        // The pace of a few messages that were not sent is lost when the file cannot be written: the next turn
        // says so.
        try? book.giveBack(unused, of: turn.grant)
        end(unused, of: turn, unused: unused)
    }

    /// Changes the connections under the lock, so that they change in the same order as the lane.
    private func learn(from outcome: Outcome, on turn: RelayTurn) {
        let (index, now) = (turn.lane, clock.now())
        var giveBack: (() -> Void)?
        let change = state.withLock { state in
            let change = state.lanes[index].learn(from: outcome, ofProbe: turn.isProbe, at: now)
            switch change {
            case .open(let window): connections[index].open(window: window)
            case .shut:
                let words = state.lanes[index].lastTrouble ?? outcome.reply
                giveBack = connections[index].shut(answer: Outcome(.unreachable, reply: words))
            case nil: break
            }
            return change
        }
        giveBack?()
        if change != nil { waiting.wake() }
    }

    /// Whoever waits for a turn looks again when there is room where there was none.
    private func end(_ count: Int, of turn: RelayTurn, unused: Int) {
        let mayGo = state.withLock { state in
            let (index, heaviest) = (turn.lane, state.heaviest)
            let hadPlaces = state.lanes[index].places(heaviest: heaviest) > 0
            state.lanes[index].end(count, unused: unused, ofProbe: turn.isProbe)
            return !hadPlaces && state.lanes[index].places(heaviest: heaviest) > 0
        }
        if mayGo || turn.isProbe || unused > 0 { waiting.wake() }
    }

    /// Raises a signal and gives back at once what waits under it: turns, and messages as withdrawn. A message
    /// that is being handed over follows within a second, unless the relay has its text.
    package func withdraw(_ stop: StopSignal) {
        stop.raise()
        waiting.wake()
        for connections in connections { connections.withdraw() }
    }

    /// Withdraws, and does not wait either for answers to texts that the relays have: those messages are in doubt
    /// within about a second.
    package func abandon(_ stop: StopSignal) {
        stop.abandon()
        withdraw(stop)
    }

    // MARK: The whole

    /// How the relays are doing, in the order of the settings.
    package func health() -> [RelayHealth] {
        state.withLock { $0.lanes.map(RelayHealth.init) }
    }

    /// Grants no more turns, hands over what waits, closes the connections.
    package func finish() async {
        await end { await $0.finish() }
    }

    /// Grants no more turns and gives back what waits and what the relays have no text of, as withdrawn. Waits for
    /// the outcome of the rest, as long as the relays may take to answer.
    package func stop() async {
        await end { await $0.stop() }
    }

    private func end(_ ending: @escaping @Sendable (RelayConnections) async -> Void) async {
        state.withLock { $0.isClosed = true }
        waiting.wake()
        await withTaskGroup { group in
            for connections in connections { group.addTask { await ending(connections) } }
        }
    }
}
