import Foundation
import Model
import Recording
import Synchronization
import Testing

extension Shop {
    /// Writes the records of the mail anew as they would stand there if all of it had happened so many hours before:
    /// nobody waits four hours for a test.
    func age(byHours hours: Int64) throws {
        func earlier(_ instant: Timestamp?) -> Timestamp? {
            instant?.advanced(milliseconds: -hours * 3_600_000)
        }
        let lines = Array(try contents("store/mail.jsonl")).split(separator: UInt8(ascii: "\n"))
        try remove("store/mail.jsonl")
        try removeIndex()
        let clock = Clock()
        let store = try Store(folder: file("store")) { clock.now.withLock { $0 } }
        for line in lines {
            let record = try JSONObject(line)
            let at = try earlier(record.string("at").flatMap { Timestamp(rfc3339: $0) })
            clock.now.withLock { $0 = at ?? $0 }
            try store.record([Self.event(record, earlier)])
        }
    }

    /// Takes away what was recorded of the mail behind the first record of a kind, as if the process had been killed then.
    func cutMail(behind kind: String) throws {
        let lines = try contents("store/mail.jsonl").split(separator: UInt8(ascii: "\n"))
        let mark = Data("\"type\":\"\(kind)\"".utf8)
        let end = try #require(lines.firstIndex { $0.range(of: mark) != nil })
        let kept = lines[...end].flatMap { $0 + [UInt8(ascii: "\n")] }
        try Data(kept).write(to: URL(filePath: file("store/mail.jsonl")))
        try removeIndex()
    }

    private func removeIndex() throws {
        for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"]
        where FileManager.default.fileExists(atPath: file("store/\(name)")) {
            try remove("store/\(name)")
        }
    }

    private static func event(_ record: JSONObject, _ earlier: (Timestamp?) -> Timestamp?) throws -> Event {
        switch try Event(record) {
        case .runPlanned(var run):
            run.decides = earlier(run.decides)
            return .runPlanned(run)
        case .runRecipients(let run, let customers, let due):
            return .runRecipients(run, customers, due: earlier(due))
        case .campaignScheduled(var schedule):
            schedule.since = earlier(schedule.since) ?? schedule.since
            return .campaignScheduled(schedule)
        case .mailOutcome(var outcome):
            outcome.retry = earlier(outcome.retry)
            return .mailOutcome(outcome)
        case let other: return other
        }
    }

    private final class Clock: Sendable {
        let now = Mutex(Timestamp(milliseconds: 0))
    }
}
