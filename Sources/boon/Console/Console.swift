import Foundation
import Rainbow

/// What a command writes: results on standard output, everything else on standard error.
///
/// All text comes by here and is made inert (`String.inert`), so that no command has to think of it; colours are put
/// on behind that.
enum Console {
    /// Whether a person looks at standard output.
    static let isTerminal = isatty(STDOUT_FILENO) == 1
    /// Whether a person looks at standard error.
    static let isErrorTerminal = isatty(STDERR_FILENO) == 1

    /// How many columns the terminal at standard error has by now; nil where there is none.
    static var errorWidth: Int? {
        var size = winsize()
        guard isErrorTerminal else { return nil }
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }

    /// Writes a line of results.
    static func print(_ line: String = "") {
        write("\(line.inert)\n", to: STDOUT_FILENO)
    }

    /// Writes a line of results that begins with a mark, in a colour where a person looks.
    static func print(_ line: String, after mark: String, in colour: NamedColor) {
        write("\(isTerminal ? mark.applyingColor(colour) : mark)\(line.inert)\n", to: STDOUT_FILENO)
    }

    /// Writes several lines of results.
    static func print(lines text: String) {
        write("\(text.inertLines)\n", to: STDOUT_FILENO)
    }

    /// Writes a document to standard output: byte by byte for a program, as inert lines where a person looks.
    static func write(_ bytes: [UInt8]) {
        if !isTerminal { return write(bytes, to: STDOUT_FILENO) }
        let text = String(decoding: bytes, as: UTF8.self)
        write(text.replacing("\r\n", with: "\n").inertLines, to: STDOUT_FILENO)
    }

    /// Writes a line of news about the work.
    static func note(_ line: String) {
        write("\(line.inert)\n", to: STDERR_FILENO)
    }

    /// Writes several lines of news about the work.
    static func note(lines text: String) {
        write("\(text.inertLines)\n", to: STDERR_FILENO)
    }

    /// Replaces the line at the bottom of a terminal; elsewhere writes one more line.
    static func write(status line: String) {
        write(isErrorTerminal ? "\r\u{1B}[K\(line.inert)" : "\(line.inert)\n", to: STDERR_FILENO)
    }

    /// Writes what went wrong.
    static func error(_ sentence: String) {
        complain("error:", .red, sentence)
    }

    /// Writes what is worth a look.
    static func warning(_ sentence: String) {
        complain("warning:", .yellow, sentence)
    }

    private static func complain(_ word: String, _ colour: NamedColor, _ sentence: String) {
        let mark = isErrorTerminal ? word.applyingColor(colour).bold : word
        write("\(mark) \(sentence.withoutLoneFullStop.inert)\n", to: STDERR_FILENO)
    }

    /// A heading, bold where a person looks.
    static func heading(_ text: String) {
        write("\(isTerminal ? text.inert.bold : text.inert)\n", to: STDOUT_FILENO)
    }

    /// Writes a table.
    static func print<Row>(_ rows: [Row], as table: Table<Row>) {
        for line in table.lines(of: rows) { print(line) }
    }

    /// Writes what a program wants to read.
    static func print(json value: some Encodable) throws {
        write(Array(try json(value)) + [UInt8(ascii: "\n")])
    }

    /// A value as programs read it: keys in snake case and in order.
    static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(value)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if length < 0 && errno == EINTR { continue }
            guard length > 0 else { return giveUp(descriptor) }
            rest = rest.dropFirst(length)
        }
    }

    /// Results that cannot be written are no success: half a file must not pass for a whole one.
    private static func giveUp(_ descriptor: Int32) {
        guard descriptor == STDOUT_FILENO else { return }
        let reason = errno
        if reason != EPIPE { error("the output cannot be written: \(String(cString: strerror(reason)))") }
        exit(Failure.Kind.outside.rawValue)
    }
}

extension String {
    /// A message as it stands behind `error:`. One sentence has no full stop there, as compilers write it; several
    /// keep theirs. The libraries write whole sentences, since their words also go into letters and tables.
    var withoutLoneFullStop: String {
        hasSuffix(".") && !hasSuffix("..") && !contains(". ") ? String(dropLast()) : self
    }
}
