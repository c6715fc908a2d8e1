import ArgumentParser
import Recording

/// `boon runs cancel`
struct RunsCancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End a run within a second, whichever process sends it: nobody more gets it.")

    @OptionGroup var arguments: RunArguments

    func run() throws {
        try arguments.change(to: "cancelled") { summary in
            switch summary.state {
            case .open, .held, .paused: .runCancelled(summary.run.id)
            case .cancelled: nil
            case .finished, .skipped: throw Failure.over(summary)
            }
        }
    }
}
