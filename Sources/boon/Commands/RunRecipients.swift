import Composing
import Model
import Recording

/// The recipients of a run who are worth a look: those in doubt, and those who were not sent to. They may be a
/// million, so they are read and printed a page at a time.
struct RunRecipients {
    let summary: RunSummary
    /// Whether a process sends the run now: then what is named in an intent is under way, and not in doubt.
    let isBeingSent: Bool
    /// What the run waits for.
    let waits: RunWait?
    private let workspace: Workspace
    private let store: Store

    /// Recipients that are read together.
    private static let page = 1000

    init(
        of summary: RunSummary, in workspace: Workspace, store: Store, isBeingSent: Bool, waits: RunWait?
    ) {
        (self.summary, self.workspace, self.store) = (summary, workspace, store)
        (self.isBeingSent, self.waits) = (isBeingSent, waits)
    }

    /// The states of those in doubt.
    private var doubtful: [RecipientState] { isBeingSent ? [.inDoubt] : [.inDoubt, .intended] }

    /// Of those who were not sent to, or not yet.
    private var others: [RecipientState] {
        RecipientState.allCases.filter { ![.accepted, .planned].contains($0) && !doubtful.contains($0) }
    }

    /// How a state is called here.
    func word(for state: RecipientState) -> String {
        if doubtful.contains(state) { return RecipientState.inDoubt.rawValue }
        return state == .intended ? "under way" : state.rawValue
    }

    /// How many are in doubt.
    var doubtfulCount: Int { doubtful.compactMap { summary.counts[$0] }.reduce(0, +) }

    /// Those in doubt, in the order of their identifiers.
    func inDoubt(limit: Int) throws -> [RecipientRow] {
        try store.read { try $0.recipients(of: summary.run.id, in: doubtful, limit: limit) }.map(row)
    }

    /// The others by reason, the largest group first, some of each named.
    func groups(limit: Int, naming: Int) throws -> [RecipientGroup] {
        try store.read { try $0.groups(of: summary.run.id, in: others, limit: limit, naming: naming) }
    }

    /// Prints the run and its recipients as one JSON object.
    /// - Parameters:
    ///   - limit: how many recipients at most; nil for all.
    ///   - test: the run's A/B test.
    ///   - engagement: what the run's customers did with its mail.
    func printJSON(_ limit: Int?, _ test: SplitReport?, _ engagement: EngagementReport?) throws {
        var listing = JSONListing()
        try listing.print("run", RunRow(summary, waits: waits))
        try listing.print("is_being_sent", isBeingSent)
        try listing.print("test", test)
        try listing.print("engagement", engagement)
        var (left, last) = (limit ?? .max, CustomerID?.none)
        try listing.print("recipients") {
            let page = try store.read { view in
                try view.recipients(
                    of: summary.run.id, in: doubtful + others, after: last, limit: min(left, Self.page))
            }
            (left, last) = (left - page.count, page.last?.customer)
            return page.map(row)
        }
        listing.finish()
    }

    private func row(_ recipient: RecipientSummary) -> RecipientRow {
        let isInDoubt = doubtful.contains(recipient.state)
        return RecipientRow(
            customer: recipient.customer.text,
            state: isInDoubt ? RecipientState.inDoubt.rawValue : recipient.state.rawValue,
            attempt: recipient.attempt, relay: recipient.relay, reply: recipient.reply, due: recipient.due,
            messageId: isInDoubt ? workspace.messageID(of: recipient.customer, in: summary.run) : nil)
    }
}

extension Workspace {
    /// The Message-ID that a run's message to a customer carries; nil when the sender cannot be read any more.
    fileprivate func messageID(of customer: CustomerID, in run: Run) -> String? {
        let from = definitions.campaigns[run.campaign]?.from ?? settings.from
        return MessageIdentity.text(of: customer, in: run, from: from)
    }
}
