import Synchronization

/// A wish to stop that can be seen from every thread. Once raised it stays raised.
package final class StopSignal: Sendable {
    private let raised = Atomic(false)
    private let abandoned = Atomic(false)
    private let others: [StopSignal]

    /// A signal that is not raised.
    /// - Parameter others: Signals that raise this one too.
    package init(following others: StopSignal...) {
        self.others = others
    }

    /// Whether someone wants a stop.
    package var isRaised: Bool {
        raised.load(ordering: .acquiring) || others.contains { $0.isRaised }
    }

    /// Whether not even the relay's answer to a text that it has is waited for.
    package var isAbandoned: Bool {
        abandoned.load(ordering: .acquiring) || others.contains { $0.isAbandoned }
    }

    /// Asks everyone who looks at the signal to stop.
    package func raise() { raised.store(true, ordering: .releasing) }

    /// Asks for a stop at any price: messages whose text a silent relay has are left in doubt.
    package func abandon() {
        abandoned.store(true, ordering: .releasing)
        raise()
    }
}
