import Hummingbird
import NIOPosix

/// A development inbox: takes every mail over SMTP on 127.0.0.1, delivers none, and shows them on a web page.
package final class Inbox: Sendable {
    /// What has arrived.
    package let mailbag: Mailbag
    /// Where mail is taken.
    package let smtpPort: Int
    /// Where the pages are.
    package let webPort: Int

    private let group: MultiThreadedEventLoopGroup
    private let web: Task<Void, any Error>

    /// Where the pages are, as a browser takes it.
    package var webAddress: String { "http://127.0.0.1:\(webPort)/" }

    private init(
        mailbag: Mailbag, smtpPort: Int, webPort: Int, group: MultiThreadedEventLoopGroup,
        web: Task<Void, any Error>
    ) {
        (self.mailbag, self.smtpPort, self.webPort) = (mailbag, smtpPort, webPort)
        (self.group, self.web) = (group, web)
    }

    /// Starts an inbox.
    /// - Parameters:
    ///   - smtp: The port for mail; 0 lets the system choose.
    ///   - web: The port for the pages; 0 lets the system choose.
    ///   - now: The clock, seconds since 1970.
    /// - Throws: `InboxError` when a port is taken.
    package static func start(
        smtp: Int, web: Int, limits: Mailbag.Limits = .init(), now: @escaping @Sendable () -> Int64
    ) async throws -> Inbox {
        let mailbag = Mailbag(limits: limits, now: now)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let smtpPort = try await startMail(port: smtp, mailbag, group)
            let (webPort, task) = try await startPages(port: web, mailbag)
            return Inbox(mailbag: mailbag, smtpPort: smtpPort, webPort: webPort, group: group, web: task)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// Closes both ports and all connections. What has arrived stays readable in `mailbag`.
    package func stop() async throws {
        web.cancel()
        _ = await web.result
        try await group.shutdownGracefully()
    }

    private static func startMail(
        port: Int, _ mailbag: Mailbag, _ group: MultiThreadedEventLoopGroup
    ) async throws -> Int {
        do {
            let channel = try await SMTPServer.start(port: port, mailbag: mailbag, group: group)
            return channel.localAddress?.port ?? port
        } catch { throw InboxError(purpose: "mail", port: port, reason: "\(error)") }
    }

    /// The server runs in a task of its own, which either tells its port or ends with the reason. It uses the group of
    /// the whole process: it lets go of its group only some time after its task has ended.
    private static func startPages(port: Int, _ mailbag: Mailbag) async throws -> (Int, Task<Void, any Error>)
    {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let group = MultiThreadedEventLoopGroup.singleton
        let application = WebServer(mailbag: mailbag).application(port: port, group: group) { told.yield($0) }
        let task = Task {
            defer { told.finish() }
            try await application.run()
        }
        for await found in ports { return (found, task) }
        let result = await task.result
        throw InboxError(purpose: "the web pages", port: port, reason: "\(result)")
    }
}

/// Why the inbox could not start.
package struct InboxError: Error, CustomStringConvertible {
    let purpose: String
    let port: Int
    let reason: String

    /// One sentence that says what to do.
    package var description: String {
        "Port \(port) for \(purpose) cannot be opened (\(reason)); stop what uses it or choose another port."
    }
}
