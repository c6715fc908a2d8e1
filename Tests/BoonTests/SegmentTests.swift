import Foundation
import Testing

extension EndToEnd {
    @Suite("boon segments")
    struct SegmentTests {
        @Test("Every segment of the worked example is listed with its size and condition")
        func list() async throws {
            let shop = try await CoffeeShop.copy()
            let rows = try #require(await shop.json("segments", "list") as? [[String: Any]])
            #expect(rows.count == 11)
            for row in rows {
                let name = try #require(row["segment"] as? String)
                let count = try #require(await shop.json("segments", "count", name) as? [String: Any])
                #expect(row["customers"] as? Int == count["customers"] as? Int, "\(name)")
                let members = try #require(
                    await shop.json("segments", "show", name, "--limit", "1000") as? [[String: Any]])
                #expect(members.count == row["customers"] as? Int, "\(name)")
            }
        }

        @Test("Whoever is shown in a segment is told to be in it, part by part")
        func explain() async throws {
            let shop = try await CoffeeShop.copy()
            let members = try #require(
                await shop.json("segments", "show", "vip", "--limit", "1") as? [[String: Any]])
            let member = try #require(members.first?["id"] as? String)
            let ended = try await shop.succeed("segments", "explain", "vip", member)
            #expect(ended.output.hasPrefix("\(member) is in 'vip'\n\nyes  any of\n"), "\(ended.output)")
            #expect(ended.output.contains("tags contains vip"))
        }

        @Test("A segment that is not there is refused with the nearest one, exit code 1")
        func unknown() async throws {
            let ended = try await CoffeeShop.copy().boon("segments", "count", "regular")
            #expect(ended.code == 1)
            #expect(ended.errors.contains("did you mean 'regulars'?"))
        }

        @Test("A limit below 1 is a wrong command line, exit code 2")
        func limit() async throws {
            let ended = try await CoffeeShop.copy().boon("segments", "show", "vip", "--limit", "0")
            #expect(ended.code == 2)
        }
    }
}
