import Campaigns
import Composing
import Foundation
import Model
import Recording

extension Workspace {
    /// The files that decide what is sent: settings, campaigns and templates, and the pictures of those campaigns that
    /// runs are planned of, for a shop keeps many from years before.
    /// - Throws: `TemplateFileError` for a template that cannot be read.
    func definitionFiles(of campaigns: some Sequence<Campaign>) throws -> DefinitionFiles {
        let others = try templates.ownFiles(of: campaigns)
        return DefinitionFiles(definitions.files.merging(others) { file, _ in file })
    }

    /// The files that decide what is sent on schedule.
    /// - Throws: `TemplateFileError` for a template that cannot be read.
    func scheduledFiles() throws -> DefinitionFiles {
        try definitionFiles(of: definitions.campaigns.values.filter { $0.schedule != nil })
    }

    /// The workspace by the files that a run was planned with. Where mail goes by, what signs it and where it is recorded
    /// stay as they are now: relays, keys, stores and web pages are of this machine and not of the newsletter.
    /// - Parameter definitions: names the files; nil for the workspace as it is, which runs of older versions are sent with.
    /// - Throws: `LostDefinitions`; `Failure` when this version cannot use the files.
    func planned(with definitions: String?, in archive: DefinitionArchive) throws -> Workspace {
        guard let definitions else { return self }
        let folder = try archive.folder(of: definitions)
        var planned = try Definitions.read(
            workspace: folder, environment: ProcessInfo.processInfo.environment)
        guard var settings = planned.settings, !planned.hasErrors else {
            let trouble = planned.diagnostics.first { $0.severity == .error }?.description ?? "no settings"
            throw Failure.input(
                "this version cannot use the files that the run was planned with (\(folder)/\(trouble)); cancel the run, "
                    + "and send the campaign anew")
        }
        settings.relays = self.settings.relays
        settings.dkim = self.settings.dkim
        settings.store = self.settings.store
        settings.listen = self.settings.listen
        planned.settings = settings
        return try Workspace(path: path, sources: folder, definitions: planned, settings: settings)
    }
}
