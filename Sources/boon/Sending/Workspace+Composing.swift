import Campaigns
import Composing
import Model
import Recording

extension Workspace {
    /// Templates of the workspace, and the built-in ones for what it lacks.
    var templates: TemplateLibrary {
        TemplateLibrary(workspace: sources, builtIn: EmbeddedFiles.texts)
    }

    /// A composer of a campaign's messages. What RFM groups are told by, where a module asks for them, is read now and
    /// holds for all of the messages.
    func composer(_ campaign: Campaign, over store: Store) throws -> Composer {
        let scales = try store.read { view in
            try view.rfmScales(
                for: campaign.modules.compactMap(\.when), in: definitions, at: .now, zone: zone)
        }
        return try Composer(
            campaign, definitions: definitions, templates: templates, signer: try Secret.signer(of: self),
            rfm: scales)
    }
}

extension TemplateLibrary {
    /// All that is wrong with templates, and with the pictures of campaigns.
    func problems(with definitions: Definitions) -> [Diagnostic] {
        guard let settings = definitions.settings else { return [] }
        return check(currency: settings.currency) + checkPictures(of: definitions.campaigns.values)
    }
}
