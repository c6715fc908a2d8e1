import Campaigns
import Foundation
import Model
import Planning
import Recording
import Synchronization
import Testing

/// A run by hand of a campaign with an A/B test in two variants, whose clock and recipients a test moves.
final class TestedRun {
    static let start = Timestamp(milliseconds: 1_795_251_600_000)
    static let hour: Int64 = 3_600_000

    let store: Store
    let definitions: Definitions
    let run: Run
    private let folder: String
    private let clock: Clock

    /// The store's clock.
    private final class Clock: Sendable {
        let now = Mutex(TestedRun.start)
    }

    /// - Parameter lines: further lines of the campaign.
    init(customers: Int, split: Int, winner: String, _ lines: String = "") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)").path
        let clock = Clock()
        self.clock = clock
        store = try Store(folder: folder) { clock.now.withLock { $0 } }
        definitions = try .workspace(
            """
            campaign: news
            audience: subscribed
            subject: News
            test: { split: \(split)%, variants: [{ subject: A }, { subject: B }], winner: \(winner) }
            modules: [{ feedback: { survey: nps } }]
            \(lines)
            """, "survey: nps\nquestions: [{ id: score, kind: nps, text: How likely? }]",
            "survey: fit\nquestions: [{ id: size, kind: csat, text: How well? }]")
        try store.record(
            (1...customers).map { number in
                let id = CustomerID("c-\(number)")
                return .customerSaved(Customer(id: id, email: "\(id)@example.com", consent: .subscribed))
            })
        let campaign = try #require(definitions.campaigns["news"])
        let zone = try #require(TimeZone(identifier: "Europe/Tallinn"))
        run = try RunPlanner(store: store, definitions: definitions, zone: zone)
            .run(of: campaign, again: false, now: Self.start).run
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var campaign: Campaign {
        get throws { try #require(definitions.campaigns["news"]) }
    }

    /// Everyone who gets a variant, by its place; each in the order of their identifiers.
    var tested: [[CustomerID]] {
        get throws {
            let split = Split(try #require(try campaign.test), of: run.id)
            let all = try recipients()
            return [0, 1].map { variant in all.filter { split.group(of: $0) == .variant(variant) } }
        }
    }

    func recipients(_ states: [RecipientState] = RecipientState.allCases) throws -> [CustomerID] {
        try store.read { try $0.recipients(of: run.id, in: states, limit: .max) }.map(\.customer)
    }

    /// Records something at so many hours after the start.
    func record(_ events: [Event], at hours: Double) throws {
        clock.now.withLock { $0 = Self.instant(hours) }
        try store.record(events)
    }

    /// How attempts ended, for some recipients.
    func end(
        _ customers: some Collection<CustomerID>, _ result: MailOutcome.Result, attempt: Int = 1,
        at hours: Double
    ) throws {
        let retry = result == .deferred ? Self.instant(hours + 0.1) : nil
        try record(
            customers.map {
                .mailOutcome(
                    MailOutcome(
                        run: run.id, customer: $0, result: result, attempt: attempt, reply: "", retry: retry))
            }, at: hours)
    }

    func order(_ customers: some Collection<CustomerID>, at hours: Double) throws {
        let euro = try #require(Currency("EUR"))
        try store.record(
            customers.map {
                .orderSaved(
                    Order(
                        id: OrderID("\($0)-\(hours)"), customer: $0, at: Self.instant(hours), currency: euro,
                        lines: [OrderLine(total: 1000)]))
            })
    }

    func answer(_ customers: some Collection<CustomerID>, _ survey: String, at hours: Double) throws {
        try store.record(
            customers.map {
                .answerConfirmed(
                    Answer(
                        customer: $0, survey: survey, wave: "1", question: "q", value: "9",
                        occurred: Self.instant(hours), via: "desk"))
            })
    }

    /// Clicks or openings of some customers, in this run's mail or another one's.
    func engage(
        _ customers: some Collection<CustomerID>, _ kind: Engagement.Kind = .clicked, of run: RunID? = nil,
        at hours: Double
    ) throws {
        let run = run ?? self.run.id
        try store.record(
            customers.map {
                .engaged(
                    Engagement(
                        id: "\(kind) \($0) \(run) \(hours)", customer: $0, run: run, kind: kind, url: nil,
                        occurred: Self.instant(hours), via: "import"))
            })
    }

    /// Decides so many hours after the start, if it is time.
    func decide(at hours: Double, _ other: Campaign? = nil) throws -> RunDecision? {
        clock.now.withLock { $0 = Self.instant(hours) }
        return try decider(other).decide(now: Self.instant(hours))
    }

    func decider(_ other: Campaign? = nil) throws -> SplitDecider {
        SplitDecider(of: run.id, try other ?? campaign, in: store, home: .gmt)
    }

    static func instant(_ hours: Double) -> Timestamp {
        start.advanced(milliseconds: Int64(hours * Double(hour)))
    }
}
