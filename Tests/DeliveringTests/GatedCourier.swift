import Foundation
import MIME
import Synchronization

@testable import Delivering

/// Holds couriers back until it is opened, and counts them.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting = 0
        var most = 0
        var couriers = 0
    }

    private let state = Monitor(State())

    /// How many messages are being handed over.
    var waiting: Int { state.withLock { $0.waiting } }
    /// How many ever were at once.
    var most: Int { state.withLock { $0.most } }
    var couriers: Int { state.withLock { $0.couriers } }

    func open() {
        state.withLock { $0.isOpen = true }
        state.wakeAll()
    }

    fileprivate func enter() { state.withLock { $0.couriers += 1 } }

    fileprivate func pass() {
        state.withLock { state in
            state.waiting += 1
            state.most = max(state.most, state.waiting)
        }
        state.wait { $0.isOpen ? () : nil }
        state.withLock { $0.waiting -= 1 }
    }
}

/// Accepts a message when its gate opens.
final class GatedCourier: Courier {
    private let gate: Gate

    init(_ gate: Gate) {
        self.gate = gate
        gate.enter()
    }

    func deliver(_ envelope: Envelope, _ message: FinalBytes, stop: StopSignal) -> Outcome {
        gate.pass()
        return Outcome(.accepted, reply: "250 Ok")
    }
}
