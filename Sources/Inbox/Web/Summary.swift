import Foundation
import MIME

/// What a list shows of a message.
struct Summary: Encodable, Sendable {
    let number: Int
    let received: String
    let from: String
    let to: [String]
    let subject: String
    let size: Int

    init(_ message: InboxMessage) {
        let parsed = message.parsed
        number = message.number
        received = Moment(message.received).utc
        from = parsed.from.first.map { $0.name ?? $0.address.text } ?? message.sender
        to = message.recipients
        subject = parsed.subject ?? ""
        size = message.bytes.count
    }
}

/// An instant as people on this machine read it.
struct Moment {
    private let seconds: Int64

    init(_ seconds: Int64) {
        self.seconds = seconds
    }

    /// `2026-11-21T09:00:00Z`.
    var utc: String { formatted("%Y-%m-%dT%H:%M:%SZ", gmtime_r) }

    /// `21 Nov 09:00:00` in the machine's time zone.
    var local: String { formatted("%e %b %H:%M:%S", localtime_r) }

    private typealias Conversion = (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<
        tm
    >?

    private func formatted(_ format: String, _ convert: Conversion) -> String {
        var parts = tm()
        var time = time_t(seconds)
        _ = convert(&time, &parts)
        let bytes = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { text in
                count = text.baseAddress.map { strftime($0, text.count, format, &parts) } ?? 0
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A number of bytes as people read it: `412 B`, `30.1 KB`, `1.4 MB`.
func readableSize(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    let (unit, name) = bytes < 1_000_000 ? (1000, "KB") : (1_000_000, "MB")
    let tenths = bytes * 10 / unit
    return "\(tenths / 10).\(tenths % 10) \(name)"
}
