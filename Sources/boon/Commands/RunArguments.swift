import ArgumentParser
import Model
import Recording

/// The run that a command is about.
struct RunArguments: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions
    @Argument(
        help: ArgumentHelp(
            "The run as 'boon runs list' names it or how that begins, or a campaign for its latest run.",
            valueName: "run"))
    var name: String
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
        let (id, changed) = try store.commit { [name] view in
            let run = try view.run(named: name)
            let event = try decide(run)
            return (event.map { [$0] } ?? [], (run.run.id, event != nil))
        }
        Console.print(changed ? "\(id) is \(words)" : "\(id) is \(words) already; nothing changed")
    }
}

extension IndexView {
    /// Runs that are listed where a name means several.
    private static var listed: Int { 5 }

    /// A run as people name it: by its identity, by its campaign for the latest one, or by how its identity begins.
    ///
    /// The first of these that fits counts, so that no other campaign can hide one.
    func run(named name: String) throws -> RunSummary {
        if let run = try run(RunID(name)) { return run }
        if let latest = try latestRun(of: name) { return latest }
        let found = try runIDs(beginningWith: name, limit: Self.listed + 1)
        if found.count > 1 {
            let names = found.prefix(Self.listed).map(\.text).joined(separator: ", ")
            throw Failure.input(
                "several runs begin with '\(name)': \(names)\(found.count > Self.listed ? ", ..." : ""); name one of them"
            )
        }
        guard let only = found.first, let run = try run(only) else {
            throw Failure.input(
                "there is no run '\(name)', and none of such a campaign; 'boon runs list' names them all")
        }
        return run
    }
}

extension Failure {
    /// A run that has ended cannot be stopped.
    static func over(_ run: RunSummary) -> Failure {
        .input("\(run.run.id) is \(run.state.rawValue), so nothing is left of it to stop")
    }

    /// Nobody sends a run that is paused.
    static func paused(_ run: RunSummary) -> Failure {
        .input(
            "\(run.run.id) is paused: \((run.reason ?? "").withoutLoneFullStop); "
                + "'boon runs resume \(run.run.id)' lets it go on")
    }
}
