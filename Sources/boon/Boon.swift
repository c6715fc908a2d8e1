import ArgumentParser
import Foundation

/// The command, and how its errors become sentences and exit codes.
@main
struct Boon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boon",
        abstract: "Newsletters that carry value, and keep count of it.",
        discussion: "Works on the workspace in the current folder, or in --workspace DIR.",
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Campaigns",
                subcommands: [
                    CheckCommand.self, PreviewCommand.self, PlanCommand.self, SendCommand.self,
                    RunsCommand.self, DaemonCommand.self,
                ]),
            CommandGroup(
                name: "Customers",
                subcommands: [
                    CustomersCommand.self, SegmentsCommand.self, OrdersCommand.self, EventsCommand.self,
                    ClicksCommand.self, PointsCommand.self, SurveysCommand.self, BouncesCommand.self,
                ]),
            CommandGroup(
                name: "Workshop", subcommands: [RenderCommand.self, SchemaCommand.self, InboxCommand.self]),
            CommandGroup(
                name: "Stores and relays",
                subcommands: [StoreCommand.self, RelaysCommand.self, DKIMCommand.self]),
            CommandGroup(name: "First steps", subcommands: [DemoCommand.self]),
        ])

    static func main() async {
        do {
            var command: any ParsableCommand
            do { command = try parseAsRoot(words) } catch { leave(error) }
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Foundation.exit(report(error))
        }
    }

    /// The command line. The parser takes a minus for an option, so negative numbers go behind `--`, after which
    /// it takes words as they are.
    private static var words: [String] {
        let words = Array(CommandLine.arguments.dropFirst())
        let negative = words.filter { $0.hasPrefix("-") && Int64($0) != nil }
        if negative.isEmpty || words.contains("--") { return words }
        return words.filter { !negative.contains($0) } + ["--"] + negative
    }

    /// Says what went wrong.
    /// - Returns: the exit code.
    private static func report(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        // Help that was asked for, also of a subcommand, comes as an error that means success.
        if error is ValidationError || exitCode(for: error).isSuccess { leave(error) }
        let failure = Failure(error)
        Console.error(failure.description)
        return failure.kind.rawValue
    }

    /// Help goes to standard output with 0, a wrong command line to standard error with 2.
    private static func leave(_ error: any Error) -> Never {
        let isHelp = exitCode(for: error).isSuccess
        let text = fullMessage(for: error)
        if isHelp {
            Console.print(lines: text)
            Foundation.exit(0)
        }
        Console.note(lines: text)
        Foundation.exit(Failure.Kind.usage.rawValue)
    }
}
