import Foundation
import Model

extension Timestamp {
    /// The system's clock.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// The first full minute from then on, with the zone's name: `2026-11-21 11:00 (Europe/Tallinn)`.
    func minute(in zone: TimeZone) -> String {
        advanced(milliseconds: 59_999).fullText(in: zone)
    }
}

extension Timestamp: Encodable {
    /// RFC 3339, as in the stores.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
