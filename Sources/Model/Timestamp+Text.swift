import Foundation

extension Timestamp {
    /// As people read it in a zone: `2026-11-21 11:00`.
    package func text(in zone: TimeZone) -> String {
        let local = local(in: zone)
        let digits = [local.clock.hour, local.clock.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(local.date) \(digits[0]):\(digits[1])"
    }

    /// The minute with the zone's name: `2026-11-21 11:00 (Europe/Tallinn)`.
    package func fullText(in zone: TimeZone) -> String {
        "\(text(in: zone)) (\(zone.identifier))"
    }
}
