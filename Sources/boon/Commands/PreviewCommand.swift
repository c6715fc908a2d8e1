import ArgumentParser
import Campaigns
import Composing
import Foundation
import MIME
import Model
import Planning
import Recording

/// `boon preview`: the mail that one customer would get.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Write the mail that a customer would get; nothing is sent or recorded.",
        discussion: "Without --out the plain text is printed. The ending of --out says what is written.")

    @OptionGroup var place: WorkspaceOptions
    @Argument(help: "The campaign's identifier.")
    var campaign: String
    @Option(help: .customer)
    var customer: String
    @Option(
        help: ArgumentHelp("Where to write: .html, .txt, or .eml for the whole message.", valueName: "file"))
    var out: String?
    @Option(help: "Which variant of the A/B test, counted from 1; the campaign's own subject by default.")
    var variant: Int?

    func run() throws {
        let workspace = try place.open()
        let campaign = try workspace.campaign(campaign)
        let store = try workspace.store()
        let profile = try store.read { view in
            try view.profile(of: view.customer(named: customer))
        }
        try requireVariant(of: campaign)
        let composer = try workspace.composer(campaign, over: store)
        let message = try composer.compose(
            for: profile.recipient, run: NumberedRun("preview"), variant: variant.map { $0 - 1 }, now: .now)
        for warning in message.warnings { Console.warning(warning) }
        guard let out else {
            Console.heading(message.subject)
            Console.print()
            return Console.print(lines: message.text)
        }
        try write(message, to: out, signedBy: workspace.dkimSigner())
        Console.note("\(out): “\(message.subject)”, in \(message.language)")
    }

    private func requireVariant(of campaign: Campaign) throws {
        guard let variant else { return }
        guard let test = campaign.test else {
            throw Failure.input("'\(campaign.id)' has no A/B test; leave out --variant")
        }
        guard (1...test.variants.count).contains(variant) else {
            throw Failure.input(
                "the A/B test of '\(campaign.id)' has the variants 1 to \(test.variants.count), not \(variant)"
            )
        }
    }

    private func write(_ message: ComposedMessage, to path: String, signedBy signer: DKIMSigner?) throws {
        let bytes: [UInt8]
        switch URL(filePath: path).pathExtension {
        case "html": bytes = message.standaloneHTML
        case "txt": bytes = Array(message.text.utf8)
        case "eml":
            bytes = try (signer?.sign(message.bytes, at: Timestamp.now.seconds) ?? message.bytes).bytes
        default: throw Failure.usage("--out takes a file that ends in .html, .txt or .eml, not '\(path)'")
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure.outside("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
