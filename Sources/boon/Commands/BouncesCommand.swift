import ArgumentParser
import Delivering
import Foundation

/// `boon bounces`: what came back.
struct BouncesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces", abstract: "Read bounces and complaints, and mail no more who must not be.",
        subcommands: [Read.self])

    /// `boon bounces read`
    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record the bounces and complaints of a mailbox. Reading it again changes nothing.",
            discussion: """
                Without a mailbox, that of boon.yaml's 'bounces' is read. The password for --imap and --pop3 comes from \
                BOON_MAILBOX_PASSWORD.
                """)

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions
        @Argument(
            help: ArgumentHelp(
                "A Maildir, a folder of .eml files, an mbox or one message.", valueName: "path"))
        var path: String?
        @Option(help: ArgumentHelp("imap[s]://USER@HOST[:PORT][/FOLDER]", valueName: "url"))
        var imap: String?
        @Option(help: ArgumentHelp("pop3[s]://USER@HOST[:PORT]", valueName: "url"))
        var pop3: String?

        func run() throws {
            let workspace = try place.open()
            let mailbox = try mailbox(of: workspace)
            let store = try workspace.store()
            let progress = Progress("Reading", each: "message")
            let intake = try BounceIntake(of: workspace, in: store) { progress.advance(by: $0) }
            do {
                let tally = try intake.read(mailbox)
                progress.finish()
                if listing.json { try Console.print(json: tally) } else { tally.report() }
            } catch let error as MailboxError {
                throw Failure.outside(error.description)
            }
        }

        private func mailbox(of workspace: Workspace) throws -> any BounceMailbox {
            do {
                return try source(in: workspace).open()
            } catch let error as MailboxError {
                if case .locked = error { throw Failure.outside(error.description) }
                throw Failure.input(error.description)
            }
        }

        private func source(in workspace: Workspace) throws -> BounceSource {
            let named = [path, imap, pop3].count { $0 != nil }
            if named == 0, let settings = workspace.settings.bounces {
                return try BounceSource(settings, of: workspace)
            }
            guard named == 1 else {
                throw Failure.usage(
                    "name one mailbox: a path, --imap URL or --pop3 URL; or none, and 'bounces:' in boon.yaml"
                )
            }
            if let imap { return .server(try address(imap, like: "imap"), password: try password()) }
            if let pop3 { return .server(try address(pop3, like: "pop3"), password: try password()) }
            return .path(path ?? ".")
        }

        private func address(_ url: String, like scheme: String) throws -> MailboxAddress {
            let address = try MailboxAddress(url)
            guard address.scheme.rawValue.hasPrefix(scheme) else {
                throw Failure.usage("--\(scheme) takes a URL that begins with \(scheme):// or \(scheme)s://")
            }
            return address
        }

        private func password() throws -> String {
            guard let password = ProcessInfo.processInfo.environment["BOON_MAILBOX_PASSWORD"] else {
                throw Failure.input(
                    "put the mailbox's password into the environment as BOON_MAILBOX_PASSWORD")
            }
            return password
        }
    }
}
