import Campaigns
import Foundation
import Model
import Recording

extension Sending {
    /// Plans a campaign whose recipients, fixed now, are sent to later: by the daemon, or by hand when it is time.
    /// - Throws: `Failure`, `ComposingError`, `PlanningError`, `StoreError`.
    func plan(_ id: String, at due: Timestamp, again: Bool) throws {
        let (planner, campaign) = try planner(of: id)
        let run = try planner.run(of: campaign, due: due, again: again, now: .now)
        let test = run.decides == nil ? "" : ", to those first who are in its A/B test"
        Console.print(
            "\(run.id) for \(counted(run.recipients, "recipient")) is sent by the daemon at "
                + "\(due.fullText(in: workspace.zone))\(test); 'boon runs cancel \(id)' calls it off")
        if try !DaemonLease.isTaken(in: store) {
            Console.warning(
                "no daemon works on this store now; start 'boon daemon', or say 'boon send \(id)' when it is time"
            )
        }
    }
}

extension Timestamp {
    /// How far ahead something is planned, in days: as far as `boon plan` can show it.
    private static let furthest: Int64 = 366

    /// Reads when something is to be sent: `2026-11-24 09:00` by a zone's clock, or RFC 3339 with an offset.
    /// - Throws: `Failure` when it is no time, or none that lies ahead within a year.
    init(ahead text: String, in zone: TimeZone) throws {
        guard let instant = Timestamp(rfc3339: text) ?? LocalTime(text).map({ Timestamp($0, in: zone) })
        else {
            throw Failure.usage(
                "--at takes a time such as '2026-11-24 09:00', or with an offset 2026-11-24T09:00:00+02:00")
        }
        let (now, time) = (Timestamp.now, instant.fullText(in: zone))
        if instant <= now { throw Failure.usage("\(time) has passed; leave out --at to send now") }
        guard instant <= now.advanced(milliseconds: Self.furthest * 86_400_000) else {
            throw Failure.usage(
                "\(time) is more than a year ahead; choose a day that 'boon plan --days 366' shows")
        }
        self = instant
    }
}
