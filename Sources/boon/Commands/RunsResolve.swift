import ArgumentParser
import Foundation
import Model
import Recording

/// `boon runs resolve`
struct RunsResolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Decide about messages in doubt: the relay has them, or they are sent again.",
        discussion: "Look into the relay's log first; 'boon runs show' tells what for.")

    @OptionGroup var arguments: RunArguments
    @Flag(help: "The relay has them: nothing is sent.")
    var sent = false
    @Flag(help: "The relay does not have them: they are sent again, with the same Message-ID.")
    var resend = false
    @Option(help: ArgumentHelp("Only this customer.", valueName: "customer"))
    var only: String?

    func validate() throws {
        guard sent != resend else { throw ValidationError("Say either --sent or --resend.") }
    }

    func run() throws {
        let store = try arguments.place.open().store()
        let known = try store.read { try $0.run(named: arguments.id) }
        let campaign = known.run.campaign
        // Without the lease, what is just being sent could not be told from what is in doubt.
        guard let lease = try SendingLease(run: known.number, in: store) else {
            throw Failure.input(
                "\(arguments.id) is being sent; 'boon runs pause \(arguments.id)' first, then decide what is in doubt"
            )
        }
        let count = try store.commit { [self] view in
            let summary = try view.run(named: arguments.id)
            let customers = try inDoubt(of: summary, in: view)
            var events = customers.map { Event.mailOutcome(outcome(of: $0, in: summary.run.id)) }
            if resend && summary.state == .finished && !events.isEmpty {
                events.append(.runResumed(summary.run.id))
            }
            return (events, customers.count)
        }
        withExtendedLifetime(lease) {}
        if count == 0 { return Console.print("nobody is in doubt in \(arguments.id); nothing changed") }
        Console.print(
            sent
                ? "\(counted(count, "message")) taken as sent"
                : "\(counted(count, "message")) will be sent again: the daemon does, or 'boon send \(campaign)'"
        )
    }

    private func inDoubt(of summary: RunSummary, in view: IndexView) throws -> [RecipientSummary] {
        if resend && summary.state == .cancelled {
            throw Failure.input(
                "\(arguments.id) is cancelled, so nobody more gets it; --sent is all there is to say")
        }
        let states: [RecipientState] = [.intended, .inDoubt]
        guard let only else { return try view.recipients(of: summary.run.id, in: states, limit: .max) }
        let customer = try view.customer(named: only).id
        guard let recipient = try view.recipient(customer, of: summary.run.id),
            states.contains(recipient.state)
        else { throw Failure.input("'\(only)' is not in doubt in \(arguments.id)") }
        return [recipient]
    }

    private func outcome(of recipient: RecipientSummary, in run: RunID) -> MailOutcome {
        MailOutcome(
            run: run, customer: recipient.customer, result: sent ? .accepted : .deferred,
            attempt: recipient.attempt,
            reply: sent ? "taken as sent by \(NSUserName())" : "to be sent again, says \(NSUserName())",
            relay: recipient.relay, retry: sent ? nil : .now)
    }
}
