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
    private let answers: Write

    /// Prepares the writes on a connection whose tables exist.
    init(_ database: Database) throws {
        self.database = database
        customers = try CustomerRows(database)
        orders = try OrderRows(database)
        points = try PointsRows(database)
        mail = try MailRows(database)
        answers = try Write(database, "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// Applies one record.
    func apply(_ event: Event, seq: Int64, at: Timestamp) throws {
        switch event {
        case .customerSaved(let customer): try customers.save(customer, in: database)
        case .orderSaved(let order): try orders.save(order, in: database)
        case .points(let entry): try points.add(entry, seq: seq, in: database)
        case .answerConfirmed(let answer): try add(answer, seq: seq)
        case .runPlanned(let run): try mail.plan(run, number: seq, at: at, in: database)
        case .runRecipients(let run, let customers): try mail.add(customers, to: run, at: at, in: database)
        case .runFinished(let run): try mail.finish(run, at: at, in: database)
        case .mailIntent(let intent): try mail.intend(intent, at: at, in: database)
        case .mailOutcome(let outcome): try mail.record(outcome, at: at, in: database)
        }
    }

    private func add(_ answer: Answer, seq: Int64) throws {
        try answers(database) { row in
            row.bind(seq)
            row.bind(answer.customer.text)
            row.bind(answer.survey)
            row.bind(answer.wave)
            row.bind(answer.question)
            row.bind(answer.value)
            row.bind(answer.occurred)
            row.bind(answer.via)
        }
    }
}
