import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What `kill -9` leaves of a run that is being sent.
    @Suite("Crashes while sending")
    struct SendingCrashTests {
        /// Connections and messages in a batch: what may be under way when the crash comes.
        private static let (connections, batch) = (4, 16)

        private static func postbox(_ server: Server) async throws -> any Postbox {
            switch server {
            case .log: try MailLog()
            case .sink: try await Sink()
            }
        }

        enum Server: String, Sendable {
            case log = "a server that writes down what it accepts"
            case sink = "Postfix's smtp-sink"
        }

        private static let servers: [Server] = Sink.isInstalled ? [.log, .sink] : [.log]

        @Test(
            """
            A send killed at random moments writes to nobody twice, and whoever has nothing is planned or listed in \
            doubt: never more than the connections' batches
            """, arguments: servers)
        func sends(server: Server) async throws {
            let recipients = LongRun.isWanted ? 20_000 : 2_000
            let wanted = LongRun.isWanted ? (server == .log ? 240 : 60) : 6
            let original = try await KilledRun.shop(recipients: recipients)
            let first = try await Self.postbox(server)
            let undisturbed = try KilledRun(of: original, recipients: recipients, to: first)
            let span = try await Crash.time { try await undisturbed.shop.succeed("send", "letter") }
            try await undisturbed.expectHonest()
            first.stop()

            var crash = Crash(seed: server == .log ? 3 : 4, span: span)
            var midway = 0
            while crash.kills < wanted {
                let postbox = try await Self.postbox(server)
                defer { postbox.stop() }
                let run = try KilledRun(
                    of: original, recipients: recipients, to: postbox, connections: Self.connections,
                    batch: Self.batch)
                var doubtful = 0
                while crash.kills < wanted, try await crash.run(run.sending) == nil {
                    // A sink takes a moment to notice who is gone, and throws away what was half sent.
                    let state =
                        server == .log
                        ? try await run.expectHonest() : try await KilledRun.State(of: run.shop)
                    #expect(state.inDoubt.count - doubtful <= Self.connections * Self.batch)
                    doubtful = state.inDoubt.count
                    if (1..<recipients) ~= state.accepted.count { midway += 1 }
                }
                try await run.finish(resolving: crash.kills % 2 == 0)
            }
            #expect(midway > 0, "none of \(wanted) crashes came between the first and the last message")
        }
    }
}
