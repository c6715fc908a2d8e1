import ArgumentParser
import Delivering
import Foundation
import MIME

/// `boon bounces`: what came back.
struct BouncesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces", abstract: "Read bounces and complaints, and mail no more who must not be.",
        subcommands: [Read.self])

    /// `boon bounces read`
    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record the bounces and complaints of a mailbox. Reading it again changes nothing.",
            discussion: "The password comes from BOON_MAILBOX_PASSWORD.")

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
            guard [path, imap, pop3].count(where: { $0 != nil }) == 1 else {
                throw Failure.usage("name one mailbox: a path, --imap URL or --pop3 URL")
            }
            let workspace = try place.open()
            let mailbox = try mailbox()
            let store = try workspace.store()
            let tokens = try Secret.signer(of: workspace).bounces
            let verp = VERP(base: try Mailbox(parsing: workspace.settings.bounce).address)
            let progress = Progress("Reading", unit: "messages")
            let intake = BounceIntake(store: store, tokens: tokens, verp: verp, progress: progress)
            do {
                let tally = try intake.read(mailbox)
                progress.finish()
                if listing.json { try Console.print(json: tally) } else { tally.report() }
            } catch let error as MailboxError {
                throw Failure.outside(error.description)
            }
        }

        private func mailbox() throws -> any BounceMailbox {
            do {
                if let imap {
                    return try IMAPMailbox(
                        address(imap, like: "imap"), password: password(), authorities: authorities)
                }
                if let pop3 {
                    return try POP3Mailbox(
                        address(pop3, like: "pop3"), password: password(), authorities: authorities)
                }
                let path = path ?? "."
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                return isFolder.boolValue ? try FolderMailbox(path) : try FileMailbox(path)
            } catch let error as MailboxError {
                throw Failure.input(error.description)
            }
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

        private var authorities: String? { ProcessInfo.processInfo.environment["SSL_CERT_FILE"] }
    }
}
