import Campaigns
import Composing

extension Workspace {
    /// Templates of the workspace, and the built-in ones for what it lacks.
    var templates: TemplateLibrary {
        TemplateLibrary(workspace: sources, builtIn: EmbeddedFiles.texts)
    }

    /// A composer of a campaign's messages.
    func composer(_ campaign: Campaign) throws -> Composer {
        try Composer(
            campaign, definitions: definitions, templates: templates, signer: try Secret.signer(of: self))
    }
}

extension TemplateLibrary {
    /// All that is wrong with templates, and with the pictures of campaigns.
    func problems(with definitions: Definitions) -> [Diagnostic] {
        guard let settings = definitions.settings else { return [] }
        return check(currency: settings.currency) + checkPictures(of: definitions.campaigns.values)
    }
}
