import Campaigns
import Delivering
import Foundation

/// Where bounces come back to: a server's mailbox, or files.
enum BounceSource {
    case server(MailboxAddress, password: String)
    /// A Maildir, a folder of `.eml` files, an mbox or one message.
    case path(String)

    /// The mailbox of boon.yaml's `bounces:`.
    /// - Parameter workspace: where a path begins that is not said from the root.
    /// - Throws: `Failure` without the variables of the log-in, `MailboxError`.
    init(_ settings: Settings.Bounces, of workspace: Workspace) throws {
        guard settings.missingVariables.isEmpty else {
            let names = Set(settings.missingVariables).sorted().joined(separator: ", ")
            throw Failure.input(
                "the environment has no \(names), which the mailbox of boon.yaml's bounces is logged in to with; set it "
                    + "and start again")
        }
        guard let username = settings.username else {
            let mailbox = settings.mailbox
            self = .path(mailbox.hasPrefix("/") ? mailbox : "\(workspace.path)/\(mailbox)")
            return
        }
        let address = try MailboxAddress(settings.mailbox, user: username)
        self = .server(address, password: settings.password ?? "")
    }

    /// Opens the mailbox; a server is asked with the first question.
    /// - Parameter stop: gives up what is under way.
    func open(stop: StopSignal = StopSignal()) throws(MailboxError) -> any BounceMailbox {
        switch self {
        case .server(let address, let password):
            let authorities = ProcessInfo.processInfo.environment["SSL_CERT_FILE"]
            return address.scheme.isIMAP
                ? try IMAPMailbox(address, password: password, authorities: authorities, stop: stop)
                : try POP3Mailbox(address, password: password, authorities: authorities, stop: stop)
        case .path(let path):
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return isFolder.boolValue ? try FolderMailbox(path) : try FileMailbox(path, stop: stop)
        }
    }
}
