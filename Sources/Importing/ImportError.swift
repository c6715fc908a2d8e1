/// Why an import cannot begin or go on. One sentence that says what to do.
package struct ImportError: Error, Hashable, CustomStringConvertible {
    /// Who can do something about it.
    package enum Cause: Hashable, Sendable {
        /// The file is not what it should be.
        case input
        /// The options do not fit the file or each other.
        case usage
        /// The disk or the store failed.
        case outside
    }

    /// Who can do something about it.
    package let cause: Cause
    /// The sentence, with the file's name where one is concerned.
    package let description: String

    init(_ cause: Cause, _ description: String) {
        (self.cause, self.description) = (cause, description)
    }

    /// The same with the file's name before it.
    func naming(_ path: String) -> ImportError {
        ImportError(cause, "\(path): \(description)")
    }
}
