import Delivering
import Foundation
import Model
import Responding

/// The daemon's status as `/health` and `/metrics` tell it.
struct DaemonReport {
    private let status: DaemonStatus.Snapshot
    private let relays: [RelayHealth]
    private let zone: TimeZone

    /// A daemon whose last look at the clock is older than this is stuck, in seconds.
    private static let patience: Int64 = 60

    init(_ status: DaemonStatus.Snapshot, relays: [RelayHealth], zone: TimeZone) {
        (self.status, self.relays, self.zone) = (status, relays, zone)
    }

    var report: HealthServer.Report {
        HealthServer.Report(troubles: troubles.map(\.inert), metrics: metrics)
    }

    private var troubles: [String] {
        var troubles: [String] = []
        let last = status.tick ?? status.begun
        if Timestamp.now.seconds - last.seconds > Self.patience {
            troubles.append("nothing was planned since \(last.fullText(in: zone))")
        }
        if let trouble = status.filesTrouble { troubles.append(trouble) }
        if let trouble = status.bouncesTrouble { troubles.append("bounces are not read: \(trouble)") }
        if !relays.isEmpty, relays.allSatisfy({ $0.setAsideUntil != nil }) {
            for relay in relays {
                troubles.append(
                    "the relay \(relay.name) cannot be reached: \(relay.lastTrouble ?? "no answer")")
            }
        }
        return troubles
    }

    private var metrics: [Metric] {
        let outcomes = MailOutcome.Result.allCases.map { result in
            Metric.Sample(Double(status.outcomes[result] ?? 0), [("result", result.rawValue)])
        }
        return [
            Metric("boon_attempts_total", .counter, "Attempts to hand over a message, by result.", outcomes),
            Metric("boon_runs_planned_total", .counter, "Runs planned.", [.init(Double(status.planned))]),
            Metric(
                "boon_runs_skipped_total", .counter, "Occurrences skipped.", [.init(Double(status.skipped))]),
            Metric("boon_runs_sending", .gauge, "Runs being sent.", [.init(Double(status.sending.count))]),
            Metric(
                "boon_tick_seconds", .gauge, "How long the last look at the clock took.",
                [.init(status.tickTook / .seconds(1))]),
            Metric(
                "boon_last_tick_timestamp_seconds", .gauge, "When the clock was last looked at.",
                status.tick.map { [.init(Double($0.milliseconds) / 1000)] } ?? []),
        ] + bounceMetrics + relayMetrics
    }

    private var bounceMetrics: [Metric] {
        let bounces = MailBounce.Kind.allCases.map { kind in
            Metric.Sample(Double(status.bounces[kind] ?? 0), [("kind", kind.rawValue)])
        }
        let wasAsked = status.bouncesRead != nil || status.bouncesTrouble != nil
        return [
            Metric(
                "boon_bounces_total", .counter, "Bounces, complaints and unsubscribing mails, by kind.",
                bounces),
            Metric(
                "boon_bounce_mailbox_readable", .gauge,
                "1 when the bounce mailbox was read the last time, else 0.",
                wasAsked ? [.init(status.bouncesTrouble == nil ? 1 : 0)] : []),
            Metric(
                "boon_bounces_read_timestamp_seconds", .gauge,
                "When the bounce mailbox was last read to its end.",
                status.bouncesRead.map { [.init(Double($0.milliseconds) / 1000)] } ?? []),
        ]
    }

    private var relayMetrics: [Metric] {
        func samples(_ value: (RelayHealth) -> Double) -> [Metric.Sample] {
            relays.map { Metric.Sample(value($0), [("relay", $0.name)]) }
        }
        return [
            Metric(
                "boon_relay_window", .gauge, "Messages that may be under way at the relay at once.",
                samples { Double($0.window) }),
            Metric(
                "boon_relay_under_way", .gauge, "Messages under way at the relay.",
                samples { Double($0.underWay) }),
            Metric(
                "boon_relay_set_aside", .gauge, "1 while the relay is set aside, else 0.",
                samples { $0.setAsideUntil == nil ? 0 : 1 }),
        ]
    }
}
