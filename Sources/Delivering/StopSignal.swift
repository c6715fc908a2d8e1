import Synchronization

/// A wish to stop that can be seen from every thread. Once raised it stays raised.
package final class StopSignal: Sendable {
    private let raised = Atomic(false)

    /// A signal that is not raised.
    package init() {}

    /// Whether someone wants a stop.
    package var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Asks everyone who looks at the signal to stop.
    package func raise() { raised.store(true, ordering: .releasing) }
}
