import ArgumentParser
import Foundation
import Loyalty
import Model
import Recording

/// Who changes points, why, and how a repeated request is known.
struct ChangeOptions: ParsableArguments {
    @Option(help: "Who does it (default: the user's name).")
    var actor: String?

    @Option(
        help: "A key of your own: the same request with the same key is done once, however often it is sent.")
    var key: String?

    func occasion(source: String, reason: String?) throws -> Occasion {
        Occasion(
            key: key ?? "\(source):\(UUID().uuidString.lowercased())", at: .now, source: source,
            actor: try Remark.actor(actor),
            reason: try reason.map { try Remark.checked($0, of: "--reason") })
    }
}

/// Commits a change that a ledger decides on, and prints the balance after it.
enum PointsChange {
    /// Decides on the customer's ledger under the writer's lock.
    /// - Throws: `Failure` when the change is refused.
    static func commit(
        _ customer: Customer, in store: Store, of workspace: Workspace, key: String,
        decide: @escaping @Sendable (Ledger, Programme, PointsEntry?) throws(Loyalty.Refusal) -> Decision
    ) throws {
        let programme = try workspace.programme()
        let decision: Decision
        do {
            decision = try store.commit { view in
                let ledger = try Ledger(customer: customer.id, entries: try view.points(of: customer.id))
                let decision = try decide(ledger, programme, try view.pointsEntry(key: key))
                guard case .new(let entry) = decision else { return ([], decision) }
                return ([.points(entry)], decision)
            }
        } catch let refusal as Loyalty.Refusal {
            throw Failure.input(refusal.description)
        }
        let ledger = try store.read { try Ledger(customer: customer.id, entries: $0.points(of: customer.id)) }
        let balance = ledger.balance(at: .now)
        let entry = decision.entry
        let verb = entry.points < 0 ? "taken from" : "given to"
        var sentence =
            "\(grouped(entry.points.magnitude)) points \(verb) \(customer.id): \(grouped(balance.available)) available"
        if case .again = decision { sentence += " (this key was used before: nothing changed)" }
        Console.print(sentence)
    }
}

/// `boon points adjust`
struct PointsAdjust: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjust", abstract: "Correct a customer's points by hand, up or down.")

    @OptionGroup var arguments: PointsArguments
    @Argument(help: "How many to add; a minus takes away.")
    var points: Int64
    @Option(help: "Why, in words that the customer may read.")
    var reason: String
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let workspace = try arguments.place.open()
        let store = try workspace.store()
        let customer = try store.read { try $0.customer(named: arguments.customer) }
        let occasion = try change.occasion(source: "person", reason: reason)
        try PointsChange.commit(customer, in: store, of: workspace, key: occasion.key) {
            [points] (ledger, programme, recorded) throws(Loyalty.Refusal) in
            try ledger.adjust(by: points, on: occasion, under: programme, recorded: recorded)
        }
    }
}

/// `boon points spend`
struct PointsSpend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spend", abstract: "Take points that a customer pays with.")

    @OptionGroup var arguments: PointsArguments
    @Argument(help: "How many points; not needed with --reward.")
    var points: Int64?
    @Option(help: "The reward of the programme that they are spent on.")
    var reward: String?
    @Option(help: "What they are spent on, in words.")
    var reason: String?
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let workspace = try arguments.place.open()
        let store = try workspace.store()
        let customer = try store.read { try $0.customer(named: arguments.customer) }
        let (points, source) = try price(in: workspace)
        let occasion = try change.occasion(source: source, reason: reason)
        try PointsChange.commit(customer, in: store, of: workspace, key: occasion.key) {
            (ledger, programme, recorded) throws(Loyalty.Refusal) in
            try ledger.spend(points, on: occasion, under: programme, recorded: recorded)
        }
    }

    /// How many points, and what they are spent on.
    private func price(in workspace: Workspace) throws -> (Int64, String) {
        guard let reward else {
            guard let points else { throw Failure.usage("say how many points are spent, or --reward NAME") }
            return (points, "payment")
        }
        let rewards = try workspace.programme().rewards
        guard let known = rewards.first(where: { $0.id == reward }) else {
            throw Failure.input(.unknown(reward, among: rewards.map(\.id), called: "reward"))
        }
        if let points, points != known.points {
            throw Failure.usage(
                "the reward '\(reward)' costs \(known.points) points, not \(points); leave the number out")
        }
        return (known.points, "reward:\(reward)")
    }
}

/// `boon points earn`
struct PointsEarn: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earn",
        abstract: "Give orders the points they have not got yet, as every import of orders does by itself.")

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        let workspace = try place.open()
        try PointsRun(under: try workspace.programme(), try workspace.store()).report()
    }
}
