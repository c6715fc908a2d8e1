import Model
import Recording

/// A run that is planned and not recorded yet: who gets it, and from when on.
struct PlannedRun: Sendable {
    let run: Run
    let members: CustomerList
    let turns: SplitTurns
    /// Whether everyone's turn is whenever the run is sent.
    var isAtOnce = false

    /// How many recipients stand in one record, or are looked at together.
    static let chunk = 1000

    /// Records the run with its recipients, so many at a time that memory does not grow with it.
    func record(_ record: (Event) throws -> Void) throws {
        try record(.runPlanned(run))
        var waiting: [Turn: [CustomerID]] = [:]
        try members.each { customer, zone in
            let turn = turns.turn(of: customer, in: zone)
            waiting[turn, default: []].append(customer)
            guard waiting[turn]?.count == Self.chunk, let full = waiting.removeValue(forKey: turn) else {
                return
            }
            try self.record(full, turn, record)
        }
        for (turn, rest) in waiting.sorted(by: { $0.key < $1.key }) { try self.record(rest, turn, record) }
    }

    private func record(_ customers: [CustomerID], _ turn: Turn, _ record: (Event) throws -> Void) throws {
        try record(.runRecipients(run.id, customers, due: isAtOnce ? nil : turn.instant))
        guard let reason = turn.reason else { return }
        for customer in customers {
            try record(
                .mailOutcome(
                    MailOutcome(run: run.id, customer: customer, result: .skipped, attempt: 0, reply: reason))
            )
        }
    }
}
