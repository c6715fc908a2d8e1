import MIME
import Synchronization

/// The first message of a letter, line by line as it was encoded. Most lines of all others are the same, and need
/// not be encoded again; which message came first changes nothing in any.
final class LetterMemory: Sendable {
    /// The lines of both forms.
    struct Lines: Sendable {
        let html: KnownLines
        let text: KnownLines
    }

    private let lines = Mutex<Lines?>(nil)

    /// What is remembered, or else this message from now on.
    func lines(html: [UInt8], text: [UInt8]) -> Lines {
        lines.withLock { lines in
            let known = lines ?? Lines(html: KnownLines(of: html), text: KnownLines(of: text))
            lines = known
            return known
        }
    }
}
