import Campaigns
import Composing

extension Workspace {
    /// Templates of the workspace, and the built-in ones for what it lacks.
    var templates: TemplateLibrary {
        TemplateLibrary(workspace: path, builtIn: EmbeddedFiles.texts)
    }

    /// A composer of a campaign's messages.
    func composer(_ campaign: Campaign) throws -> Composer {
        try Composer(
            campaign, definitions: definitions, templates: templates, signer: try Secret.signer(of: self))
    }
}
