import NIOCore
import NIOPosix

/// Listens for SMTP on 127.0.0.1.
enum SMTPServer {
    /// Starts listening.
    /// - Parameter port: 0 lets the system choose.
    /// - Returns: The channel that listens; it closes with its group.
    /// - Throws: `IOError` when the port is taken.
    static func start(port: Int, mailbag: Mailbag, group: any EventLoopGroup) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        IdleStateHandler(readTimeout: .minutes(5)), SMTPHandler(mailbag: mailbag),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }
}
