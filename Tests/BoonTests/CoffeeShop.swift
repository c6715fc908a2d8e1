import Foundation
import TestSupport
import Testing

/// The repository's own workspace, the worked example, with its customers and orders imported.
///
/// It is made once; tests that change it take a copy.
enum CoffeeShop {
    static let campaigns = ["november-thanks", "brewing-letter", "coffee-fair", "winter-warmers"]

    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let made = Task {
        let shop = try Shop()
        for name in ["campaigns", "templates", "examples"] {
            try FileManager.default.copyItem(
                at: root.appending(path: name), to: URL(filePath: shop.file(name)))
        }
        let settings = try String(contentsOf: root.appending(path: "boon.yaml"), encoding: .utf8)
        try shop.write(settings, to: "boon.yaml")
        try await shop.succeed("customers", "import", shop.file("examples/customers.csv"))
        try await shop.succeed("orders", "import", shop.file("examples/orders.csv"))
        return shop
    }

    /// A copy of the workspace.
    /// - Parameter relay: the port of 127.0.0.1 where its relay is; by default nothing listens there.
    static func copy(relay: Int? = nil) async throws -> Shop {
        let shop = try Shop(copying: await made.value)
        let settings = try String(contentsOf: URL(filePath: shop.file("boon.yaml")), encoding: .utf8)
        let port = try relay ?? Int(Socket.freePort())
        try shop.write(settings.replacing("127.0.0.1:2525", with: "127.0.0.1:\(port)"), to: "boon.yaml")
        return shop
    }
}
