import ArgumentParser
import Importing

/// `boon events`: what else happened to customers.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Import what else happened to customers, which campaigns can follow.",
        subcommands: [Import.self])

    /// `boon events import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import events from CSV or JSON Lines. Importing a file again changes nothing.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var file: ImportFile

        func run() throws {
            let workspace = try place.open()
            let options = try file.options(for: workspace)
            let store = try workspace.store(expectsBulk: true)
            let summary = try ImportReport.run("event") { progress in
                try Importer(store: store, options: options).importEvents(from: file.path, progress: progress)
            }
            try ImportReport.requireAllTaken(summary)
        }
    }
}
