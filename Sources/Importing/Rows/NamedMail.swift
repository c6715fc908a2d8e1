import Model
import Recording

/// The mail that a row is about, as it names it.
enum NamedMail: Hashable, Sendable {
    case run(RunID)
    /// The last one of the campaign that the customer was sent by then.
    case lastOf(campaign: String)

    /// The run or the campaign as written.
    var name: String {
        switch self {
        case .run(let run): run.text
        case .lastOf(let campaign): campaign
        }
    }

    /// Whether the mail of a run can be meant.
    func canBe(_ run: RunID, in view: IndexView) throws -> Bool {
        switch self {
        case .run(let named): run == named
        case .lastOf(let campaign): try view.campaign(of: run) == campaign
        }
    }

    /// The run whose mail is meant.
    /// - Parameter instant: when the customer did something with it, to the minute: files tell whole minutes, and the
    ///   clocks of two machines differ.
    /// - Throws: `RowFault` where no such mail was sent to the customer by then; what the index throws.
    func run(sentTo customer: CustomerID, by instant: Timestamp, in view: IndexView) throws -> RunID {
        let end = instant.advanced(milliseconds: 60_000)
        let whom = "customer '\(customer.text.shortened)'"
        switch self {
        case .run(let run):
            guard let recipient = try view.recipient(customer, of: run), recipient.state.isSent,
                let first = recipient.first
            else {
                throw RowFault(
                    "No mail of the run '\(run.text.shortened)' was sent to \(whom);"
                        + " correct the run or the customer.")
            }
            guard first <= end else {
                throw RowFault(
                    "The mail was sent later, at \(first); correct the time, or write it with its offset.")
            }
            return run
        case .lastOf(let campaign):
            guard let run = try view.lastRun(of: campaign, sentTo: customer, by: end) else {
                throw RowFault(
                    "No mail of the campaign '\(campaign.shortened)' was sent to \(whom) by then;"
                        + " correct the campaign, the customer or the time.")
            }
            return run
        }
    }
}
