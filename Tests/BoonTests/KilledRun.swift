import Foundation
import TestSupport
import Testing

/// A run whose sender is killed, seen from outside: by the records, the commands and the server that takes the
/// messages, which all have to tell the same.
struct KilledRun: Sendable {
    let shop: Shop
    let postbox: any Postbox
    /// How many customers the run is for: all that the shop has.
    let recipients: Int
    /// Whether the campaign sends again what is in doubt.
    private let resends: Bool

    var sending: [String] { ["send", "letter", "--workspace", shop.path] }

    /// A shop with a letter and customers, from which runs start as copies.
    static func shop(recipients: Int) async throws -> Shop {
        let shop = try Shop()
        try shop.write(Letter.yaml, to: "campaigns/letter.yaml")
        try shop.write(Letter.customers(recipients), to: "customers.csv")
        try await shop.succeed("customers", "import", shop.file("customers.csv"))
        return shop
    }

    /// A copy of a shop whose relay is the postbox.
    /// - Parameter resends: whether the campaign sends again what is in doubt; then a customer gets one mail in a week.
    init(
        of original: Shop, recipients: Int, to postbox: any Postbox, connections: Int = 4, batch: Int = 16,
        resends: Bool = false
    ) throws {
        (shop, self.postbox, self.recipients) = (try Shop(copying: original), postbox, recipients)
        self.resends = resends
        if resends {
            let lines = "in_doubt: resend\nlimits: { per_customer: 1 per 7 days }\n"
            try shop.write(Letter.yaml + lines, to: "campaigns/letter.yaml")
        }
        try shop.setRelay(port: Int(postbox.port), connections: connections, batch: batch)
    }

    /// How many messages arrived for each customer.
    func arrived() throws -> [String: Int] {
        try identifiers().mapValues(\.count)
    }

    /// The Message-IDs of what arrived for each customer.
    private func identifiers() throws -> [String: [String]] {
        try postbox.arrivals().reduce(into: [:]) {
            $0[Letter.customer(of: $1.recipient), default: []].append($1.messageID)
        }
    }

    /// The store is sound, and what it says is true at the server.
    /// - Returns: what it says.
    @discardableResult
    func expectHonest(sourceLocation: SourceLocation = #_sourceLocation) async throws -> State {
        try await shop.verify(sourceLocation: sourceLocation)
        let state = try await State(of: shop)
        let arrived = try arrived()
        #expect(
            state.accepted.allSatisfy { arrived[$0] != nil }, "accepted, but not there",
            sourceLocation: sourceLocation)
        #expect(
            arrived.keys.allSatisfy { state.accepted.contains($0) || state.inDoubt.contains($0) },
            "there, but neither accepted nor in doubt", sourceLocation: sourceLocation)
        #expect(state.accepted.isDisjoint(with: state.inDoubt), sourceLocation: sourceLocation)
        if state.run != nil {
            #expect(
                state.planned == recipients - state.accepted.count - state.inDoubt.count,
                sourceLocation: sourceLocation)
        }
        return state
    }

    /// Sends to the end and counts: nobody is left out, held messages stay listed, and only who was in doubt may
    /// have two, which are one message to whoever looks at the Message-ID.
    /// - Parameter resolving: whether a person has what is in doubt sent again.
    func finish(resolving: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try await State(of: shop)
        if resolving, let run = before.run { try await shop.succeed("runs", "resolve", run, "--resend") }
        let resending = resends || resolving
        let ended = try await Boon.run(sending)
        // A run that was complete when the crash came is not sent again.
        #expect(
            ended.code == 0 || ended.errors.contains("--again"), "\(ended.errors)",
            sourceLocation: sourceLocation)
        let (identifiers, after) = (try identifiers(), try await expectHonest(sourceLocation: sourceLocation))
        let missing = Set((1...recipients).map { "c-\($0)" }).subtracting(identifiers.keys)
        #expect(
            missing.isSubset(of: resending && ended.code == 0 ? [] : after.inDoubt),
            "nothing arrived for \(missing.sorted().prefix(5))", sourceLocation: sourceLocation)
        #expect(after.planned == 0, sourceLocation: sourceLocation)
        for (customer, messages) in identifiers where messages.count > 1 {
            #expect(
                resending && messages.count == 2 && before.inDoubt.contains(customer)
                    && Set(messages).count == 1, "\(customer): \(messages)", sourceLocation: sourceLocation)
        }
    }
}

extension KilledRun {
    /// What the store says of the recipients of the only run.
    struct State {
        /// nil before there is one.
        var run: String?
        var planned = 0
        var accepted: Set<String> = []
        var inDoubt: Set<String> = []

        init(of shop: Shop) async throws {
            guard shop.hasStore, let run = try await Self.onlyRun(of: shop) else { return }
            self.run = run
            let detail = try #require(await shop.json("runs", "show", run) as? [String: Any])
            let states = (detail["run"] as? [String: Any])?["states"] as? [String: Int]
            planned = states?["planned"] ?? 0
            for recipient in detail["recipients"] as? [[String: Any]] ?? [] {
                let state = recipient["state"] as? String
                #expect(state == "intended" || state == "in_doubt", "\(recipient)")
                if let customer = recipient["customer"] as? String { inDoubt.insert(customer) }
            }
            accepted = try Self.accepted(in: shop.contents("store/mail.jsonl"))
        }

        private static func onlyRun(of shop: Shop) async throws -> String? {
            let runs = try #require(await shop.json("runs", "list") as? [[String: Any]])
            #expect(runs.count <= 1)
            return runs.first?["run"] as? String
        }

        /// The customers of whom a record says that the relay has their message.
        private static func accepted(in records: Data) -> Set<String> {
            let (result, customer) = (Data("\"result\":\"accepted\"".utf8), Data("\"customer\":\"".utf8))
            var (found, rest) = (Set<String>(), records[...])
            while let end = rest.range(of: result) {
                if let name = rest[..<end.lowerBound].range(of: customer, options: .backwards) {
                    let text = rest[name.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
                    found.insert(String(decoding: text, as: UTF8.self))
                }
                rest = rest[end.upperBound...]
            }
            return found
        }
    }
}
