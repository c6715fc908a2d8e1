import ArgumentParser
import Importing

/// `boon clicks`: what customers did with mails.
struct ClicksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clicks",
        abstract: "Import clicks on links of mails, which conditions and A/B tests ask for.",
        subcommands: [Import.self])

    /// `boon clicks import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Import clicks and opened mails from CSV or JSON Lines. Importing a file again changes nothing.",
            discussion:
                "A click is taken as made by a person: leave out those of programs that look for harm.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var file: ImportFile

        func run() throws {
            let workspace = try place.open()
            let options = try file.options(for: workspace)
            let store = try workspace.store(expectsBulk: true)
            let summary = try ImportReport.run("response") { progress in
                try Importer(store: store, options: options)
                    .importEngagements(from: file.path, progress: progress)
            }
            try ImportReport.requireAllTaken(summary)
        }
    }
}
