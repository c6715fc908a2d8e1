import ArgumentParser
import Foundation
import Model
import Recording

/// `boon runs`: what was sent, and what became of it.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List what was sent, show what became of it, and stop or go on with it.",
        subcommands: [
            List.self, RunsShow.self, RunsPause.self, RunsResume.self, RunsCancel.self, RunsResolve.self,
        ])

    /// `boon runs list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all runs, the newest first.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let workspace = try place.open()
            let store = try workspace.store()
            let now = Timestamp.now
            let rows = try store.read { try $0.runs() }.map {
                RunRow($0, waits: try RunWait(of: $0, in: workspace, store, now: now))
            }
            if listing.json { return try Console.print(json: rows) }
            if rows.isEmpty { return Console.print("Nothing was sent yet.") }
            let table = Table<RunRow> { row in
                [
                    Cell("run", row.run),
                    Cell("recipients", grouped(row.recipients), isRight: true),
                    Cell("accepted", grouped(row.states["accepted"] ?? 0), isRight: true),
                    Cell("others", row.others),
                    Cell("state", row.state),
                    Cell("why", row.reason ?? row.waits?.words(in: workspace.zone) ?? ""),
                ]
            }
            Console.print(rows, as: table)
        }
    }
}
