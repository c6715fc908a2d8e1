import ArgumentParser
import Model
import Recording

/// Whose suppression changes, why, and by whom.
struct SuppressionArguments: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions
    @Argument(help: .customer)
    var customer: String
    @Option(help: "Why, for whoever looks the customer up later.")
    var reason: String
    @Option(help: "Who does it (default: the user's name).")
    var actor: String?

    /// Why, and who says so.
    fileprivate func remarks() throws -> (reason: String, actor: String) {
        (try Remark.checked(reason, of: "--reason"), try Remark.actor(actor))
    }

    /// Records a change, decided on what the store holds by then.
    /// - Parameters:
    ///   - words: what the customer is afterwards.
    ///   - decide: the record to make; nil when that is so already.
    fileprivate func change(
        to words: String,
        _ decide: @escaping @Sendable (CustomerID, SuppressionSummary?) -> Event?
    ) throws {
        let store = try place.open().store()
        let id = try store.read { try $0.customer(named: customer) }.id
        let changed = try store.commit { view in
            let event = decide(id, try view.suppression(of: id))
            return (event.map { [$0] } ?? [], event != nil)
        }
        Console.print("\(id) is \(words)\(changed ? "" : " already; nothing changed")")
    }
}

/// `boon customers suppress`
struct CustomersSuppress: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppress", abstract: "Mail a customer no more, whatever a campaign's audience says.")

    @OptionGroup var arguments: SuppressionArguments

    func run() throws {
        let (reason, actor) = try arguments.remarks()
        try arguments.change(to: "suppressed") { customer, standing in
            // A fault of the address ends with the address; a decision does not.
            if let standing, standing.holds, !standing.suppression.reason.concernsAddress { return nil }
            return .addressSuppressed(
                Suppression(customer: customer, reason: .person, detail: reason, actor: actor))
        }
    }
}

/// `boon customers restore`
struct CustomersRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Let a suppressed customer be mailed again.")

    @OptionGroup var arguments: SuppressionArguments

    func run() throws {
        let (reason, actor) = try arguments.remarks()
        try arguments.change(to: "not suppressed") { customer, standing in
            standing.map { _ in .addressRestored(customer, reason: reason, actor: actor) }
        }
    }
}
