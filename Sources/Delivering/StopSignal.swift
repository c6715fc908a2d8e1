import Synchronization

/// A wish to stop that can be seen from every thread. Once raised it stays raised.
package final class StopSignal: Sendable {
    private let raised = Atomic(false)
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

    /// Asks everyone who looks at the signal to stop.
    package func raise() { raised.store(true, ordering: .releasing) }
}
