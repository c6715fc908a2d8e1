import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Disks that fail")
    struct DiskTests {
        private static func shop(orders: Int) throws -> Shop {
            let shop = try Shop()
            try shop.write(OrderTable.csv(orders: orders, customers: 300), to: "orders.csv")
            try FileManager.default.createDirectory(
                atPath: shop.file("store"), withIntermediateDirectories: true)
            return shop
        }

        private static func importing(into shop: Shop) -> [String] {
            ["orders", "import", shop.file("orders.csv"), "--create-customers", "--consent", "subscribed"]
                + ["--source", "till", "--workspace", shop.path]
        }

        @Test(
            "An import onto a full disk ends with 3 and a sentence; the store stays sound and goes on with more room",
            .enabled(if: TinyDisk.isPossible, "only root, where mounting is allowed, has a disk to fill"),
            arguments: [300_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000])
        func full(bytes: Int) async throws {
            let shop = try Self.shop(orders: 11_000)
            let disk = try TinyDisk(at: shop.file("store"), bytes: bytes)
            defer { #expect(throws: Never.self) { try disk.remove() } }
            let ended = try await Boon.run(Self.importing(into: shop))
            #expect(ended.code == 3, "\(ended.output)")
            #expect(
                ended.complaints.count == 1 && ended.complaints[0].hasPrefix("error: "), "\(ended.errors)")
            #expect(ended.errors.contains("space") || ended.errors.contains("full"), "\(ended.errors)")
            let counts = try await shop.verify()
            try disk.grow(to: 64 << 20)
            #expect(try await shop.verify() == counts)
            #expect(try await Boon.run(Self.importing(into: shop)).code == 0)
            #expect(try await shop.verify()["orders"] == 11_000)
        }

        @Test(
            "A sync, a write or a folder's sync that fails ends the import with 3 and loses nothing acknowledged",
            .enabled(if: Strace.isPossible, "strace is not installed, or may not trace here"),
            arguments: [
                ("fdatasync", "EIO", 1), ("fdatasync", "EIO", 2), ("pwrite64", "ENOSPC", 1),
                ("pwrite64", "EIO", 2),
            ])
        func failing(call: String, error: String, number: Int) async throws {
            let shop = try Self.shop(orders: 11_000)
            try shop.write(Letter.customers(20), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            let acknowledged = try shop.contents("store/customers.jsonl")
            let ended = try await Strace.run(
                call, .error(error), when: "\(number)", on: shop.file("store/orders.jsonl"),
                Self.importing(into: shop))
            #expect(ended.code == 3, "\(ended.output)")
            #expect(
                ended.complaints.count == 1 && ended.errors.contains(shop.file("store/orders.jsonl")),
                "\(ended.errors)")
            try await shop.verify()
            #expect(try shop.contents("store/customers.jsonl").starts(with: acknowledged))
            #expect(try await Boon.run(Self.importing(into: shop)).code == 0)
            #expect(try await shop.verify()["orders"] == 11_000)
        }
    }
}
