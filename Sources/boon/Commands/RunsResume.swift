import ArgumentParser
import Recording

/// `boon runs resume`
struct RunsResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a paused or held run go on: the daemon does, or the next 'boon send'.")

    @OptionGroup var arguments: RunArguments

    func run() throws {
        try arguments.change(to: "open again") { summary in
            switch summary.state {
            case .paused, .held: .runResumed(summary.run.id)
            case .open: nil
            case .cancelled, .finished, .skipped:
                throw Failure.input(
                    "\(summary.run.id) is \(summary.state.rawValue); 'boon send \(summary.run.campaign) --again' "
                        + "sends the campaign anew")
            }
        }
    }
}
