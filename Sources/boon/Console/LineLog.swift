import Foundation
import Logging
import Model

/// Writes each event to standard error as one line, whatever a relay or a file has put into it:
///
///     2026-11-23T07:00:00.123Z error the bounce mailbox cannot be read why="no answer from mail.example"
///
/// The time is in UTC, as in the stores: lines of several machines and of the hour that clocks show twice stay in order.
struct LineLog: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    /// One line to standard error; the logging system makes one of these for each logger.
    init(label _: String) {}

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { $1 }
        Console.note(Self.line(event.level, event.message.description, details, at: .now))
    }

    /// The line, without what ends it. What a log is asked for most comes first: of which run it tells.
    static func line(
        _ level: Logger.Level, _ message: String, _ details: Logger.Metadata, at time: Timestamp
    ) -> String {
        let sorted = details.sorted { ($0.key != "run" ? 1 : 0, $0.key) < ($1.key != "run" ? 1 : 0, $1.key) }
        let pairs = sorted.map { " \($0.key)=\(quoted($0.value.description))" }
        return "\(time) \(level.rawValue) \(message)\(pairs.joined())"
    }

    /// A value as it is, or in quotes where its end could not be told otherwise.
    private static func quoted(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: "\"") }
        guard needsQuotes else { return value }
        return "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
