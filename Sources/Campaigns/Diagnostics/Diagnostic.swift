/// One thing that is wrong, or looks wrong, in what a marketer wrote.
package struct Diagnostic: Hashable, Sendable {
    /// How much it matters.
    package enum Severity: String, Sendable {
        /// Nothing is sent from such a file.
        case error
        /// It can be sent, but is hardly meant so; an error under `--strict`.
        case warning
    }

    package let severity: Severity
    /// The path relative to the workspace.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1 (see `Place.column`).
    package let column: Int
    /// What is wrong: one sentence without a full stop.
    package let message: String
    /// What to do: the nearest known key, the known values.
    package let hint: String?

    /// Something wrong at a place.
    package init(_ severity: Severity, at place: Place, _ message: String, hint: String? = nil) {
        (file, line, column) = (place.file, place.line, place.column)
        (self.severity, self.message, self.hint) = (severity, message, hint)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: error: message`, and the hint on a second line where there is one.
    package var description: String { lines.joined(separator: "\n") }

    /// The lines of the description. What files say may have line feeds of its own.
    package var lines: [String] {
        ["\(file):\(line):\(column): \(severity.rawValue): \(message)"]
            + [hint.map { "  hint: \($0)" }].compactMap(\.self)
    }
}

extension Diagnostic: Comparable {
    /// The order in which a reader meets them: by file, then by position, errors before warnings.
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.severity != right.severity, (left.line, left.column) == (right.line, right.column) {
            return left.severity == .error
        }
        return (left.line, left.column, left.message) < (right.line, right.column, right.message)
    }
}

/// Collects diagnostics while files are read, so that all problems are told at once.
struct Diagnostics {
    private(set) var collected: [Diagnostic] = []

    mutating func error(_ message: String, at place: Place, hint: String? = nil) {
        collected.append(Diagnostic(.error, at: place, message, hint: hint))
    }

    mutating func warn(_ message: String, at place: Place, hint: String? = nil) {
        collected.append(Diagnostic(.warning, at: place, message, hint: hint))
    }
}
