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
        let known = try store.read { try $0.run(named: arguments.name) }
        let id = known.run.id
        // Without the lease, what is just being sent could not be told from what is in doubt.
        guard let lease = try SendingLease(run: known.number, in: store) else {
            throw Failure.input(
                "\(id) is being sent; 'boon runs pause \(id)' first, then decide what is in doubt"
            )
        }
        let (count, state) = try store.commit { [self] view in
            let summary = try view.run(named: id.text)
            let customers = try inDoubt(of: summary, in: view)
            var events = customers.map { Event.mailOutcome(outcome(of: $0, in: id)) }
            if resend && summary.state == .finished && !events.isEmpty { events.append(.runResumed(id)) }
            return (events, (customers.count, summary.state))
        }
        withExtendedLifetime(lease) {}
        if count == 0 { return Console.print("nobody is in doubt in \(id); nothing changed") }
        Console.print(
            sent
                ? "\(counted(count, "message")) taken as sent"
                : "\(counted(count, "message")) will be sent again: \(Self.wayOn(from: state, of: known.run))"
        )
    }

    /// Who sends again what was resolved, by how the run stood.
    private static func wayOn(from state: RunState, of run: Run) -> String {
        switch state {
        case .paused: "the run is paused, and goes on after 'boon runs resume \(run.id)'"
        case .held: "'boon send \(run.campaign)' does, and after 'boon runs resume \(run.id)' the daemon, too"
        case .open, .finished, .cancelled, .skipped: "the daemon does, or 'boon send \(run.campaign)'"
        }
    }

    private func inDoubt(of summary: RunSummary, in view: IndexView) throws -> [RecipientSummary] {
        if resend && summary.state == .cancelled {
            throw Failure.input(
                "\(summary.run.id) is cancelled, so nobody more gets it; --sent is all there is to say")
        }
        let states: [RecipientState] = [.intended, .inDoubt]
        guard let only else { return try view.recipients(of: summary.run.id, in: states, limit: .max) }
        let customer = try view.customer(named: only).id
        guard let recipient = try view.recipient(customer, of: summary.run.id),
            states.contains(recipient.state)
        else { throw Failure.input("'\(only)' is not in doubt in \(summary.run.id)") }
        return [recipient]
    }

    private func outcome(of recipient: RecipientSummary, in run: RunID) -> MailOutcome {
        MailOutcome(
            run: run, customer: recipient.customer, result: sent ? .accepted : .deferred,
            attempt: recipient.attempt,
            reply: sent ? "taken as sent by \(Remark.user)" : "to be sent again, says \(Remark.user)",
            relay: sent ? recipient.relay : nil, retry: sent ? nil : .now)
    }
}
