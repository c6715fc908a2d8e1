import ArgumentParser
import Campaigns
import Foundation
import Loyalty
import Recording

/// Where a command works, and how it writes.
struct WorkspaceOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The workspace's folder.", valueName: "dir"))
    var workspace = "."

    /// The workspace, opened.
    func open() throws -> Workspace {
        try Workspace(path: workspace)
    }
}

/// Whether a listing is for a person or for a program.
struct ListingOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}

/// A marketer's folder: settings, campaigns, templates and stores.
struct Workspace: Sendable {
    let path: String
    /// The folder of campaigns, templates and pictures: the same, or that of the files which a run was planned with.
    let sources: String
    let definitions: Definitions
    let settings: Settings
    let zone: TimeZone

    /// Reads what the folder defines.
    /// - Throws: `Failure` when the settings are missing or wrong.
    init(path: String) throws {
        let definitions = try Definitions.read(
            workspace: path, environment: ProcessInfo.processInfo.environment)
        guard let settings = definitions.settings else {
            for diagnostic in definitions.diagnostics where diagnostic.severity == .error {
                for line in diagnostic.lines { Console.note(line) }
            }
            throw Failure.input("the workspace '\(path)' has no settings to work with; mend its boon.yaml")
        }
        try self.init(path: path, sources: path, definitions: definitions, settings: settings)
    }

    /// - Throws: `Failure` when the settings' time zone is not known.
    init(path: String, sources: String, definitions: Definitions, settings: Settings) throws {
        (self.path, self.sources, self.definitions, self.settings) = (path, sources, definitions, settings)
        guard let zone = TimeZone(identifier: settings.timezone) else {
            throw Failure.input(
                "the time zone '\(settings.timezone)' of boon.yaml is not known on this machine")
        }
        self.zone = zone
    }

    /// Where the journals are.
    var storeFolder: String {
        settings.store.hasPrefix("/") ? settings.store : "\(path)/\(settings.store)"
    }

    /// The stores, opened and mended.
    /// - Parameter expectsBulk: whether an import follows.
    func store(expectsBulk: Bool = false) throws -> Store {
        let store = try Store(folder: storeFolder, expectsBulk: expectsBulk) { .now }
        for notice in store.takeNotices() { Console.warning(notice) }
        return store
    }

    /// Refuses to go on while any campaign file is wrong.
    /// - Parameter consequence: what does not happen until then.
    func requireSoundDefinitions(or consequence: String = "nothing is sent") throws {
        guard definitions.hasErrors else { return }
        for diagnostic in definitions.diagnostics where diagnostic.severity == .error {
            for line in diagnostic.lines { Console.note(line) }
        }
        throw Failure.input(
            "\(consequence) while campaign files are wrong; mend them and run 'boon check'")
    }

    /// Refuses to go on while anything is wrong that 'boon check' finds: what a run was planned with stays with it.
    func requireSoundFiles() throws {
        try requireSoundDefinitions()
        guard templates.problems(with: definitions).contains(where: { $0.severity == .error }) else { return }
        throw Failure.input("nothing is sent while templates or pictures are wrong; 'boon check' tells where")
    }

    /// A campaign by identifier.
    func campaign(_ id: String) throws -> Campaign {
        try find(id, among: definitions.campaigns, called: "campaign")
    }

    /// A survey by identifier.
    func survey(_ id: String) throws -> Survey {
        try find(id, among: definitions.surveys, called: "survey")
    }

    /// The loyalty programme, for what cannot be done without one.
    func programme() throws -> Programme {
        guard let programme = definitions.programme else {
            throw Failure.input(
                definitions.hasErrors
                    ? "the workspace has no programme that can be used; 'boon check' tells what is wrong"
                    : "the workspace has no programme; add a file with 'programme:' to campaigns/")
        }
        return programme
    }

    private func find<Value>(_ id: String, among known: [String: Value], called kind: String) throws -> Value
    {
        guard let value = known[id] else {
            throw Failure.input(.unknown(id, among: known.keys.sorted(), called: kind))
        }
        return value
    }
}
