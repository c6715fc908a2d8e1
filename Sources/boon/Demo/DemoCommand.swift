import ArgumentParser
import Foundation
import Importing
import Inbox
import Loyalty
import Model
import Recording

/// `boon demo`: the main way from files to inbox, on embedded examples, on this machine alone.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Import, send and spend with the built-in examples; nothing leaves this machine.")

    @Flag(help: "Stay up after the end, as on a terminal, or do not.")
    var stay: Staying = Console.isTerminal ? .stay : .leave

    /// Whether the inbox goes on after the demo.
    enum Staying: String, EnumerableFlag {
        case stay, leave
    }

    private static let campaign = "november-thanks"

    func run() async throws {
        let inbox = try await Inbox.start(smtp: 0, web: 0, now: { Timestamp.now.seconds })
        let demo = try DemoWorkspace(smtpPort: inbox.smtpPort, today: Timestamp.now.local(in: .current).date)
        let workspace = try Workspace(path: demo.path)
        let store = try workspace.store()
        Console.heading("A coffee shop's workspace")
        Console.print(demo.path)
        Console.print()

        try importFiles(of: demo, into: store, of: workspace)
        Console.print()
        Console.heading(
            "A campaign to everyone, in \(try workspace.campaign(Self.campaign).languages.count) languages")
        try await Sending(workspace: workspace, store: store).run(Self.campaign, again: false, limit: nil)
        try await checkArrivals(in: inbox, store)
        let customer = try spend(in: workspace, store)

        Console.print()
        Console.heading("Where to look")
        Console.print(
            lines:
                """
                the mails      \(inbox.webAddress)
                the journals   \(demo.path)/store/*.jsonl
                a statement    boon points statement \(customer) --workspace \(demo.path)
                """)
        if stay == .stay {
            Console.print()
            Console.print("The inbox stays up until Ctrl-C.")
            await Interrupt.wait()
        }
        try await inbox.stop()
    }

    private func importFiles(of demo: DemoWorkspace, into store: Store, of workspace: Workspace) throws {
        var generator = SystemRandomNumberGenerator()
        let importer = Importer(
            store: store, options: ImportOptions(currency: workspace.settings.currency, zone: workspace.zone))
        Console.heading("Customers and orders")
        let customers = try ImportReport.run("customer") {
            try importer.importCustomers(
                from: demo.file("examples/customers.csv"), using: &generator, progress: $0)
        }
        let orders = try ImportReport.run("order") {
            try importer.importOrders(from: demo.file("examples/orders.csv"), using: &generator, progress: $0)
        }
        try PointsRun(under: try workspace.programme(), store).report()
        try ImportReport.requireAllTaken(customers)
        try ImportReport.requireAllTaken(orders)
    }

    /// Every recipient has exactly one mail.
    private func checkArrivals(in inbox: Inbox, _ store: Store) async throws {
        let expected = try store.read { view in
            guard let run = try view.latestRun(of: Self.campaign) else { return [String]() }
            return try view.recipients(of: run.run.id, in: [.accepted], limit: .max).compactMap {
                try view.customer($0.customer)?.email
            }
        }
        guard await inbox.mailbag.waitForMessages(count: expected.count, timeout: .seconds(30)) else {
            throw Failure.outside("\(inbox.mailbag.received) of \(expected.count) mails arrived")
        }
        let arrived = inbox.mailbag.messages.flatMap(\.recipients).sorted()
        guard arrived == expected.sorted(), !expected.isEmpty else {
            throw Failure.outside(
                "the mails that arrived are not those that were sent; this is a fault of Boon")
        }
        Console.print("every one of the \(counted(arrived.count, "mail")) arrived, once each")
    }

    /// Somebody with enough points gets the first reward.
    private func spend(in workspace: Workspace, _ store: Store) throws -> CustomerID {
        guard let reward = try workspace.programme().rewards.min(by: { $0.points < $1.points }) else {
            throw Failure.input("the built-in programme has no reward; this is a fault of Boon")
        }
        let buyer = try store.read { view in
            try view.subscribedCustomers(after: nil, limit: 1000).first { customer in
                let ledger = try Ledger(customer: customer.id, entries: try view.points(of: customer.id))
                return ledger.balance(at: .now).available >= reward.points
            }
        }
        guard let buyer else {
            throw Failure.input("nobody has \(reward.points) points; this is a fault of Boon")
        }
        Console.print()
        Console.heading(
            "\(buyer.firstName ?? buyer.id.text) gets \(reward.text[language: "en"] ?? reward.id) for \(reward.points) points"
        )
        let occasion = Occasion(
            key: "demo", at: .now, source: "reward:\(reward.id)", actor: "demo", reason: "at the counter")
        try PointsChange.commit(buyer, in: store, of: workspace, key: occasion.key) {
            (ledger, programme, recorded) throws(Loyalty.Refusal) in
            try ledger.spend(reward.points, on: occasion, under: programme, recorded: recorded)
        }
        return buyer.id
    }
}
