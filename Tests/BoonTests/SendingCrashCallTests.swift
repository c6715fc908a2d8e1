import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What is left of a run whose sender is killed as it writes, waits for the disk or renames.
    @Suite("Crashes in the calls that make sending durable")
    struct SendingCrashCallTests {
        private static let recipients = 24

        @Test(
            "A send killed in each of its writes, syncs and renames in turn loses nobody and writes to nobody twice",
            .enabled(if: Strace.isPossible, "strace is not installed, or may not trace here"),
            arguments: ["pwrite64", "fdatasync", "fsync", "write", "ftruncate", "rename", "unlink"])
        func calls(call: String) async throws {
            let original = try await KilledRun.shop(recipients: Self.recipients)
            let step = LongRun.isWanted ? 1 : 7
            var number = 1
            // strace counts the calls of each thread apart: the thread that gets so far first is where it ends.
            while try await survives(call, number, original) == false { number += step }
            let isSure = ["pwrite64", "fdatasync"].contains(call)
            #expect(number > 1 || !isSure, "no \(call) was met: nothing was tested")
        }

        /// Sends until the N-th call of a kind, then to the end.
        /// - Returns: whether no thread makes so many of them.
        private func survives(_ call: String, _ number: Int, _ original: Shop) async throws -> Bool {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let run = try KilledRun(
                of: original, recipients: Self.recipients, to: postbox, connections: 2, batch: 4,
                resends: number % 2 == 0)
            let ended = try await Strace.run(call, .kill, when: "\(number)", run.sending)
            let state = try await run.expectHonest()
            #expect(state.inDoubt.count <= 2 * 4)
            try await run.finish()
            #expect(ended.code == 0 || ended.code == nil, "\(ended.errors)")
            return ended.code != nil
        }
    }
}
