import ArgumentParser
import Campaigns
import Composing
import Foundation
import Model
import Planning
import Recording

/// `boon check`: everything that is wrong in a workspace's files, at once.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read all files and report every problem.")

    @OptionGroup var place: WorkspaceOptions
    @Flag(help: "Take warnings for errors.")
    var strict = false

    func run() throws {
        let definitions = try Definitions.read(
            workspace: place.workspace, environment: ProcessInfo.processInfo.environment)
        let templates = TemplateLibrary(workspace: place.workspace, builtIn: EmbeddedFiles.texts)
        let diagnostics =
            definitions.diagnostics + templates.problems(with: definitions) + definitions.elapsed(at: .now)
            + (try missed(definitions))
        for line in diagnostics.flatMap(\.lines) { Console.print(line) }
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        Console.note(summary(of: definitions, errors: errors, warnings: warnings))
        if errors > 0 || strict && warnings > 0 { throw ExitCode(Failure.Kind.input.rawValue) }
    }

    /// Campaigns whose only time has passed without anybody getting them. Only the stores tell them from those that were
    /// sent then: of a workspace without any, a fresh copy for instance, nothing is said.
    private func missed(_ definitions: Definitions) throws -> [Diagnostic] {
        guard let settings = definitions.settings else { return [] }
        let workspace = try Workspace(
            path: place.workspace, sources: place.workspace, definitions: definitions, settings: settings)
        let index = "\(workspace.storeFolder)/index.sqlite"
        guard FileManager.default.fileExists(atPath: index) else { return [] }
        do {
            let plan = Plan(definitions, home: workspace.zone)
            return try workspace.store().read { try plan.missed(in: $0, now: .now) }.map { missed in
                Diagnostic(.warning, at: missed.place, missed.description, hint: MissedCampaign.remedy)
            }
        } catch let error as StoreError {
            Console.warning("whether a campaign's time was missed is not known: \(error)")
            return []
        }
    }

    private func summary(of definitions: Definitions, errors: Int, warnings: Int) -> String {
        let found = [
            counted(definitions.campaigns.count, "campaign"), counted(definitions.segments.count, "segment"),
            counted(definitions.surveys.count, "survey"), counted(definitions.contests.count, "contest"),
            definitions.programme == nil ? "no programme" : "1 programme",
        ]
        return
            "\(found.joined(separator: ", ")): \(counted(errors, "error")), \(counted(warnings, "warning"))"
    }
}
