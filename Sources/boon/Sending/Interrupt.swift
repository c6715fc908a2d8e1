import Dispatch
import Foundation

/// Does something orderly at Ctrl-C (SIGINT) and at SIGTERM, in the place of ending at once. A second signal ends.
final class Interrupt {
    private let sources: [any DispatchSourceSignal]

    init(_ act: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                act()
            }
            source.resume()
            return source
        }
    }

    /// Signals end the process again.
    func cancel() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
