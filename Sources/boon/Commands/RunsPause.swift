import ArgumentParser
import Recording

/// `boon runs pause`
struct RunsPause: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stop sending a run within a second, whichever process sends it, until it is resumed.")

    @OptionGroup var arguments: RunArguments
    @Option(help: "Why, for whoever looks at the run.")
    var reason = "paused by \(Remark.user)"

    func run() throws {
        let reason = try Remark.checked(reason, of: "--reason")
        try arguments.change(to: "paused") { summary in
            switch summary.state {
            case .open, .held: .runPaused(summary.run.id, reason: reason)
            case .paused: nil
            case .cancelled, .finished, .skipped: throw Failure.over(summary)
            }
        }
    }
}
