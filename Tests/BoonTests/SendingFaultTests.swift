import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Sending onto a disk that is full or broken: it stops with a sentence, and goes on when there is a disk again.
    @Suite("Disks that fail while sending")
    struct SendingFaultTests {
        private static let recipients = 2_000

        private static func run(to postbox: any Postbox) async throws -> KilledRun {
            let original = try await KilledRun.shop(recipients: recipients)
            return try KilledRun(of: original, recipients: recipients, to: postbox)
        }

        /// It stopped as the manual says.
        private static func expectStopped(_ ended: Boon.Ended) {
            #expect(ended.code == 3, "\(ended.output)")
            #expect(
                ended.complaints.count == 1 && ended.complaints[0].hasPrefix("error: "), "\(ended.errors)")
        }

        /// All that was acknowledged is there, and sending goes on.
        private static func expectMended(_ run: KilledRun) async throws {
            let state = try await run.expectHonest()
            #expect(state.inDoubt.count <= 4 * 16)
            try await run.finish()
        }

        @Test(
            "Sending onto a full disk stops with 3 and a sentence, and goes on where it stopped with more room",
            .enabled(if: TinyDisk.isPossible, "only root, where mounting is allowed, has a disk to fill"),
            arguments: [2, 25, 50, 75, 95])
        func full(percent: Int) async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let run = try await Self.run(to: postbox)
            let before = try Self.size(of: run.shop)
            let undisturbed = try KilledRun(of: run.shop, recipients: Self.recipients, to: MailLog())
            defer { undisturbed.postbox.stop() }
            try await undisturbed.shop.succeed("send", "letter")
            let room = (try Self.size(of: undisturbed.shop) - before) * percent / 100

            let store = run.shop.file("store")
            try FileManager.default.moveItem(atPath: store, toPath: store + "-before")
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
            let disk = try TinyDisk(at: store, bytes: before + room)
            defer { #expect(throws: Never.self) { try disk.remove() } }
            for name in try FileManager.default.contentsOfDirectory(atPath: store + "-before") {
                try FileManager.default.copyItem(
                    atPath: "\(store)-before/\(name)", toPath: "\(store)/\(name)")
            }
            let ended = try await Boon.run(run.sending)
            Self.expectStopped(ended)
            #expect(ended.errors.contains("space") || ended.errors.contains("full"), "\(ended.errors)")
            let counts = try await run.shop.verify()
            try disk.grow(to: 256 << 20)
            #expect(try await run.shop.verify() == counts)
            try await Self.expectMended(run)
        }

        /// The bytes of the store's files, each in whole pages as a disk in memory keeps them.
        private static func size(of shop: Shop) throws -> Int {
            let store = shop.file("store")
            return try FileManager.default.subpathsOfDirectory(atPath: store).reduce(0) { sum, name in
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(store)/\(name)")
                return sum + ((attributes[.size] as? Int ?? 0) + 4095) / 4096 * 4096
            }
        }

        @Test(
            "Sending stops with 3 and a sentence when a sync fails, loses nothing acknowledged and goes on later",
            .enabled(if: Strace.isPossible, "strace is not installed, or may not trace here"),
            arguments: ["1", "2", "3", "10", "1+", "5+"])
        func sync(when: String) async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let run = try await Self.run(to: postbox)
            let ended = try await Strace.run("fsync,fdatasync", .error("EIO"), when: when, run.sending)
            Self.expectStopped(ended)
            try await Self.expectMended(run)
        }
    }
}
