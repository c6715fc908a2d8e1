import ArgumentParser
import Inbox
import Model

/// `boon inbox`: sees what would be sent, without sending it to anyone.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Take every mail on this machine and show it on a web page; deliver none.",
        discussion: "For development: it listens on 127.0.0.1 only and keeps messages in memory.")

    @Option(help: "The port that takes mail (SMTP).")
    var smtp = 2525
    @Option(help: "The port of the web page.")
    var web = 8025

    func run() async throws {
        let inbox = try await Inbox.start(smtp: smtp, web: web, now: { Timestamp.now.seconds })
        Console.print(
            lines: "Mail: smtp://127.0.0.1:\(inbox.smtpPort)\nPage: \(inbox.webAddress)\nCtrl-C ends it.")
        await Interrupt.wait()
        try await inbox.stop()
    }
}
