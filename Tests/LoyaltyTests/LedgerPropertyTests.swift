import Model
import TestSupport
import Testing

@testable import Loyalty

/// Random histories, checked after every entry and at random instants against the naive model.
@Suite("Ledger, over random histories")
struct LedgerPropertyTests {
    static let seeds: [UInt64] = Array(1...60)

    @Test(
        "Every prefix of a history, at any instant, is what counting points one by one gives",
        arguments: seeds)
    func agreesWithNaiveModel(seed: UInt64) throws {
        var history = try RandomHistory(seed: seed)
        for _ in 0..<25 {
            try history.step()
            for _ in 0..<4 { try history.check(at: history.randomInstant()) }
            try history.check(at: history.lastInstant)
        }
        try history.checkReplay()
    }
}

/// A history under construction, in the ledger and in the naive model at once.
struct RandomHistory {
    var random: SeededGenerator
    let programme: Programme
    var ledger: Ledger
    var naive = NaiveLedger()
    var day = 400
    var lastInstant = Timestamp(seconds: 0)
    var keys = 0

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        let (month, days) = (try Fixture.period("1 month"), try Fixture.period("20 days"))
        let policies: [ExpiryPolicy] = [
            .never, .after(days), .after(month, endOfMonth: true), .afterLastActivity(days),
        ]
        let pending =
            Bool.random(using: &random)
            ? nil : ["3 days", "14 days", "40 days"].randomElement(using: &random)
        var programme = try Fixture.programme(
            pending: pending, expire: policies[Int.random(in: 0..<policies.count, using: &random)])
        programme.tiers = TierPolicy(
            window: month, review: Bool.random(using: &random) ? .anniversary : .realTime,
            levels: [.init(name: "green", from: 0), .init(name: "gold", from: 40)])
        programme.zone = try Fixture.zone("UTC")
        self.programme = programme
        ledger = try Ledger()
    }

    /// Whole days, so that entries, activations and expiries often fall on one instant.
    func instant(day: Int) -> Timestamp {
        Timestamp(seconds: 1_700_000_000 + Int64(day) * 86_400)
    }

    mutating func randomInstant() -> Timestamp {
        instant(day: Int.random(in: 380...700, using: &random))
            .advanced(milliseconds: Int64.random(in: -1...1, using: &random))
    }

    mutating func step() throws {
        day += [0, 0, 1, 2, 5, 20].randomElement(using: &random) ?? 0
        keys += 1
        let points = Int64.random(in: 1...30, using: &random)
        lastInstant = instant(day: day)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: try earn(points)
        case 4: try add(points)
        case 5: try remove(points)
        default: try spend(points)
        }
    }

    private mutating func earn(_ points: Int64) throws {
        naive.create(try ledger.earn(points, OrderID("\(keys)"), at: sometimesLate(), under: programme))
    }

    /// One entry in three becomes known late.
    private mutating func sometimesLate() -> Timestamp {
        let late = [0, 0, Int.random(in: 1...30, using: &random)].randomElement(using: &random) ?? 0
        return instant(day: day - late)
    }

    private mutating func add(_ points: Int64) throws {
        let occasion = Fixture.occasion("k\(keys)", at: lastInstant, reason: "goodwill")
        let entry = try ledger.adjust(by: points, on: occasion, under: programme).entry
        try ledger.append(entry)
        naive.create(entry)
    }

    private mutating func remove(_ points: Int64) throws {
        let at = sometimesLate()
        let occasion = Fixture.occasion("k\(keys)", at: at, reason: "mistake")
        let expected = naive.take(points, at: at, as: .adjusted, prolonging: nil)
        let (ledger, programme) = (self.ledger, self.programme)
        try compare(expected) { try ledger.adjust(by: -points, on: occasion, under: programme) }
    }

    private mutating func spend(_ points: Int64) throws {
        let at = sometimesLate()
        let occasion = Fixture.occasion("k\(keys)", at: at)
        let expected = naive.take(
            points, at: at, as: .spent, prolonging: programme.prolongation(from: at))
        let (ledger, programme) = (self.ledger, self.programme)
        let standing = ledger.standing(at: lastInstant, under: programme)
        try compare(expected) { try ledger.spend(points, on: occasion, under: programme) }
        #expect(
            self.ledger.standing(at: lastInstant, under: programme) == standing, "spending changed the tier")
    }

    /// Both take the same from the same lots, or both refuse; a repeated request changes nothing.
    private mutating func compare(_ expected: [String: Int64]?, _ decide: () throws -> Decision) throws {
        guard let expected else {
            #expect { try decide() } throws: { error in
                switch error as? Refusal {
                case .tooFew, .tooFewToTake: true
                default: false
                }
            }
            return
        }
        let entry = try decide().entry
        #expect(Dictionary(entry.lots.map { ($0.lot, $0.points) }, uniquingKeysWith: +) == expected)
        try ledger.append(entry)
        let occasion = Occasion(
            key: entry.key, at: lastInstant, source: entry.source, actor: entry.actor, reason: entry.reason)
        let again =
            entry.kind == .spent
            ? try ledger.spend(-entry.points, on: occasion, under: programme)
            : try ledger.adjust(by: entry.points, on: occasion, under: programme)
        #expect(again == .again(entry))
    }

    func check(at instant: Timestamp) throws {
        let states = ledger.states(at: instant)
        let counts = states.map { state in
            NaiveLedger.Count(
                pending: state.pending, available: state.available, spent: state.spent,
                withdrawn: state.withdrawn, expired: state.expired)
        }
        #expect(
            Dictionary(zip(states.map(\.lot), counts), uniquingKeysWith: { first, _ in first })
                == naive.count(at: instant))
        for (state, count) in zip(states, counts) {
            let parts = [count.pending, count.available, count.spent, count.withdrawn, count.expired]
            #expect(parts.reduce(0, +) == state.amount)
            #expect(parts.allSatisfy { $0 >= 0 })
        }
        let balance = ledger.balance(at: instant)
        #expect(balance.available == states.reduce(0) { $0 + $1.available })
        #expect(balance.pending == states.reduce(0) { $0 + $1.pending })
        #expect((ledger.statement(until: instant).last?.balance ?? .zero) == balance)
        try checkPast(of: instant, is: balance)
        checkStatement(until: instant)
    }

    /// What happened later changes nothing about an earlier instant.
    private func checkPast(of instant: Timestamp, is balance: Balance) throws {
        let past = try Ledger(
            customer: ledger.customer, entries: ledger.entries.filter { $0.occurred <= instant })
        #expect(past.balance(at: instant) == balance)
        // What is foretold comes true if nothing else happens.
        for expiry in past.expiries(after: instant) {
            let before = past.balance(at: expiry.at.advanced(milliseconds: -1))
            let after = past.balance(at: expiry.at)
            #expect(before.available + before.pending - expiry.points == after.available + after.pending)
            #expect(expiry.at > instant)
        }
        for activation in past.activations(after: instant) {
            #expect(activation.at > instant)
            let states = past.states(at: activation.at).filter { $0.activates == activation.at }
            #expect(states.reduce(0) { $0 + $1.available } == activation.points)
        }
    }

    /// Every running balance in the statement is right once its instant is over, and never below zero.
    private func checkStatement(until instant: Timestamp) {
        let lines = ledger.statement(until: instant)
        for (index, line) in lines.enumerated() {
            #expect(line.balance.available >= 0 && line.balance.pending >= 0)
            guard index + 1 == lines.count || lines[index + 1].instant > line.instant else { continue }
            #expect(line.balance == ledger.balance(at: line.instant))
        }
    }

    /// Folding all entries anew gives the same ledger, and so does every prefix without an error.
    func checkReplay() throws {
        let replayed = try Ledger(customer: ledger.customer, entries: ledger.entries)
        #expect(replayed.entries == ledger.entries)
        #expect(replayed.states(at: lastInstant) == ledger.states(at: lastInstant))
        #expect(replayed.statement(until: lastInstant) == ledger.statement(until: lastInstant))
    }
}
