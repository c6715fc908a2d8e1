import ArgumentParser
import Campaigns
import Foundation
import Model
import Recording

/// `boon runs pause`
struct RunsPause: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stop sending a run within a second, whichever process sends it, until it is resumed.")

    @OptionGroup var arguments: RunArguments
    @Option(help: "Why, for whoever looks at the run.")
    var reason = "paused by \(NSUserName())"

    func run() throws {
        try arguments.change(to: "paused") { summary in
            switch summary.state {
            case .open: .runPaused(summary.run.id, reason: reason)
            case .paused: nil
            case .cancelled, .finished, .skipped: throw Failure.over(summary)
            }
        }
    }
}

/// `boon runs resume`
struct RunsResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a paused run go on: the daemon does, or the next 'boon send'.")

    @OptionGroup var arguments: RunArguments

    func run() throws {
        try arguments.change(to: "open again") { summary in
            switch summary.state {
            case .paused: .runResumed(summary.run.id)
            case .open: nil
            case .cancelled, .finished, .skipped: throw Failure.over(summary)
            }
        }
    }
}

/// `boon runs cancel`
struct RunsCancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End a run within a second, whichever process sends it: nobody more gets it.")

    @OptionGroup var arguments: RunArguments

    func run() throws {
        try arguments.change(to: "cancelled") { summary in
            switch summary.state {
            case .open, .paused: .runCancelled(summary.run.id)
            case .cancelled: nil
            case .finished, .skipped: throw Failure.over(summary)
            }
        }
    }
}

extension RunArguments {
    /// Records a change of the run's standing, decided on what the store holds by then.
    /// - Parameters:
    ///   - words: what the run is afterwards.
    ///   - decide: the record to make; nil when the run is that already.
    fileprivate func change(
        to words: String, _ decide: @escaping @Sendable (RunSummary) throws -> Event?
    ) throws {
        let store = try place.open().store()
        let changed = try store.commit { [id] view in
            let event = try decide(try view.run(named: id))
            return (event.map { [$0] } ?? [], event != nil)
        }
        Console.print(changed ? "\(id) is \(words)" : "\(id) is \(words) already; nothing changed")
    }
}

extension Failure {
    /// A run that has ended can be neither stopped nor go on.
    fileprivate static func over(_ run: RunSummary) -> Failure {
        .input(
            "\(run.run.id) is \(run.state.rawValue); 'boon send \(run.run.campaign) --again' sends the campaign anew"
        )
    }
}
