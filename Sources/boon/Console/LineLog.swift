import Logging

/// Writes each event to standard error as one line, whatever a relay or a file has put into it.
struct LineLog: LogHandler {
    private var lines: StreamLogHandler

    init(label: String) {
        lines = .standardError(label: label)
    }

    var logLevel: Logger.Level {
        get { lines.logLevel }
        set { lines.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { lines.metadata }
        set { lines.metadata = newValue.mapValues(\.inert) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { lines[metadataKey: key] }
        set { lines[metadataKey: key] = newValue?.inert }
    }

    func log(event: LogEvent) {
        lines.log(
            level: event.level, message: "\(event.message.description.inert)",
            metadata: event.metadata?.mapValues(\.inert), source: event.source, file: event.file,
            function: event.function, line: event.line)
    }
}

extension Logger.MetadataValue {
    fileprivate var inert: Self { .string(description.inert) }
}
