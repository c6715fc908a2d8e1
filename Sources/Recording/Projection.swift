import GRDB
import Model

/// Applies records to the index: the one place where an event becomes rows. It evaluates no rule, reads no
/// file and asks no clock, so replay always gives the same rows.
final class Projection {
    private let database: Database
    private let customers: CustomerRows
    private let orders: OrderRows
    private let points: PointsRows
    private let mail: MailRows
    private let decisions: DecisionRows
    private let bounces: BounceRows
    private let responses: ResponseRows
    private let schedules: ScheduleRows

    /// Prepares the writes on a connection whose tables exist.
    init(_ database: Database) throws {
        self.database = database
        customers = try CustomerRows(database)
        orders = try OrderRows(database)
        points = try PointsRows(database)
        mail = try MailRows(database)
        decisions = try DecisionRows(database)
        bounces = try BounceRows(database)
        responses = try ResponseRows(database)
        schedules = try ScheduleRows(database)
    }

    /// Applies one record.
    func apply(_ event: Event, seq: Int64, at: Timestamp) throws {
        switch event {
        case .customerSaved(let customer): try customers.save(customer, seq: seq, at: at, in: database)
        case .orderSaved(let order): try orders.save(order, seq: seq, in: database)
        case .points(let entry): try points.add(entry, seq: seq, in: database)
        case .answerConfirmed(let answer): try responses.add(answer, seq: seq, in: database)
        case .engaged(let engagement): try responses.add(engagement, seq: seq, in: database)
        case .happened(let event): try responses.add(event, seq: seq, in: database)
        case .runPlanned(let run): try mail.plan(run, number: seq, at: at, in: database)
        case .runRecipients(let run, let customers, let due):
            try mail.add(customers, to: run, due: due, at: at, in: database)
        case .runTriggered(let recipients):
            try schedules.add(recipients, at: at, in: database)
            try mail.settle(recipients.run, in: database)
        case .runDecided(let decision): try decisions.add(decision, at: at, in: database)
        case .runSkipped(let run, let reason):
            try mail.plan(run, number: seq, at: at, in: database)
            try mail.change(run.id, to: .skipped, reason: reason, ended: at, in: database)
        case .campaignScheduled(let schedule): try schedules.save(schedule, in: database)
        case .runPaused(let run, let reason):
            try mail.change(run, to: .paused, reason: reason, in: database)
        case .runHeld(let run, let reason): try mail.change(run, to: .held, reason: reason, in: database)
        case .runResumed(let run): try mail.change(run, to: .open, in: database)
        case .runCancelled(let run): try mail.change(run, to: .cancelled, ended: at, in: database)
        case .runFinished(let run): try mail.change(run, to: .finished, ended: at, in: database)
        case .mailIntent(let intent): try mail.intend(intent, at: at, in: database)
        case .mailOutcome(let outcome): try mail.record(outcome, at: at, in: database)
        case .mailBounced(let bounce): try bounces.add(bounce, in: database)
        case .addressSuppressed(let suppression): try bounces.suppress(suppression, at: at, in: database)
        case .addressRestored(let customer, _, _): try bounces.restore(customer, in: database)
        }
    }
}
