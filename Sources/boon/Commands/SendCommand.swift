import ArgumentParser
import Campaigns

/// `boon send`: a campaign to its audience, once.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a campaign to its audience, or go on with a run that was cut off.")

    @OptionGroup var place: WorkspaceOptions
    @Argument(help: "The campaign's identifier.")
    var campaign: String
    @Option(help: "Send to so many recipients at most; 'boon send' again goes on with the rest.")
    var limit: Int?
    @Flag(help: "Compose everything and report; send and record nothing.")
    var dryRun = false
    @Flag(help: "Send a campaign that was sent before once more, as a new run.")
    var again = false

    func run() async throws {
        if let limit, limit < 1 { throw Failure.usage("--limit takes a number above 0") }
        let workspace = try place.open()
        let store = try workspace.store()
        if dryRun {
            try workspace.requireSoundDefinitions()
            let campaign = try workspace.campaign(campaign)
            try DryRun(workspace: workspace, campaign: campaign, store: store).report(
                again: again, limit: limit)
        } else {
            try await Sending(workspace: workspace, store: store).run(campaign, again: again, limit: limit)
        }
    }
}
