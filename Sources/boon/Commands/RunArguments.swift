import ArgumentParser
import Model
import Recording

/// The run that a command is about.
struct RunArguments: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions
    @Argument(help: ArgumentHelp("The run, as 'boon runs list' names it.", valueName: "run"))
    var id: String
}

extension RunArguments {
    /// Records a change of the run's standing, decided on what the store holds by then.
    /// - Parameters:
    ///   - words: what the run is afterwards.
    ///   - decide: the record to make; nil when the run is that already.
    func change(
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

extension IndexView {
    /// A run by the name that a person gave.
    func run(named id: String) throws -> RunSummary {
        guard let summary = try run(RunID(id)) else {
            throw Failure.input("there is no run '\(id)'; 'boon runs list' names them all")
        }
        return summary
    }
}

extension Failure {
    /// A run that has ended cannot be stopped.
    static func over(_ run: RunSummary) -> Failure {
        .input("\(run.run.id) is \(run.state.rawValue), so nothing is left of it to stop")
    }
}
