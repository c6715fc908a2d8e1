import Model
import Testing

@testable import Loyalty

@Suite("Spending and correcting")
struct DecisionTests {
    let at: Timestamp
    let programme: Programme
    let ledger: Ledger

    init() throws {
        at = try Fixture.instant("2026-03-01")
        programme = try Fixture.programme(pending: "14 days")
        var ledger = try Ledger()
        try ledger.earn(100, "1", at: Fixture.instant("2026-01-01"), under: programme)
        try ledger.earn(40, "2", at: Fixture.instant("2026-02-25"), under: programme)
        self.ledger = ledger
    }

    @Test("The same request under the same key gives the first result again, even after the points are gone")
    func repeatedRequest() throws {
        var ledger = self.ledger
        let first = try ledger.spend(90, on: Fixture.occasion("k", at: at), under: programme)
        #expect(first == .new(first.entry))
        try ledger.append(first.entry)
        let later = Fixture.occasion("k", at: at.advanced(milliseconds: 86_400_000))
        #expect(try ledger.spend(90, on: later, under: programme) == .again(first.entry))
        // Also when the store, not this ledger, knows the entry.
        #expect(
            try self.ledger.spend(90, on: later, under: programme, recorded: first.entry)
                == .again(first.entry))
    }

    @Test("Another request under a used key is a conflict")
    func conflicts() throws {
        var ledger = self.ledger
        let occasion = Fixture.occasion("k", at: at, reason: "why")
        let first = try ledger.spend(10, on: occasion, under: programme).entry
        try ledger.append(first)
        #expect(throws: Refusal.conflict(first)) { try ledger.spend(11, on: occasion, under: programme) }
        #expect(throws: Refusal.conflict(first)) {
            try ledger.adjust(by: -10, on: occasion, under: programme)
        }
        for change in [\Occasion.source, \.actor] {
            var other = occasion
            other[keyPath: change] = "else"
            #expect(throws: Refusal.conflict(first)) { try ledger.spend(10, on: other, under: programme) }
        }
        var foreign = first
        foreign.customer = "c-2"
        #expect(throws: Refusal.conflict(foreign)) {
            try ledger.spend(10, on: occasion, under: programme, recorded: foreign)
        }
    }

    @Test("A refusal to spend says what there is and when more comes")
    func tooFew() throws {
        let next = Upcoming(at: try Fixture.instant("2026-03-11"), points: 40)
        let refusal = Refusal.tooFew(wanted: 101, available: 100, next: next)
        #expect(throws: refusal) {
            try ledger.spend(101, on: Fixture.occasion("k", at: at), under: programme)
        }
        #expect(
            refusal.description
                == "101 points cannot be spent: 100 are available, 40 more activate at 2026-03-11T09:00:00.000Z."
        )
        #expect(throws: Refusal.tooFew(wanted: .max, available: 140, next: nil)) {
            try ledger.spend(.max, on: Fixture.occasion("k", at: next.at), under: programme)
        }
    }

    @Test("Only a number above zero can be spent", arguments: [0, -1, Int64.min])
    func notPositive(points: Int64) {
        #expect(throws: Refusal.notPositive(points)) {
            try ledger.spend(points, on: Fixture.occasion("k", at: at), under: programme)
        }
    }

    @Test("A correction needs a number and a reason", arguments: [nil, "", " \t"])
    func reason(reason: String?) {
        let occasion = Fixture.occasion("k", at: at, reason: reason)
        #expect(throws: Refusal.reasonMissing) { try ledger.adjust(by: 5, on: occasion, under: programme) }
        #expect(throws: Refusal.zero) { try ledger.adjust(by: 0, on: occasion, under: programme) }
    }

    @Test("A correction takes available points first, then pending ones, and never more than there is")
    func takingAway() throws {
        let occasion = Fixture.occasion("k", at: at, reason: "wrong order")
        let entry = try ledger.adjust(by: -120, on: occasion, under: programme).entry
        #expect(entry.lots == [.init(lot: "purchase:1", points: 100), .init(lot: "purchase:2", points: 20)])
        #expect(throws: Refusal.tooFewToTake(wanted: 141, available: 100, pending: 40)) {
            try ledger.adjust(by: -141, on: occasion, under: programme)
        }
        #expect(throws: Refusal.tooFewToTake(wanted: Int64.min.magnitude, available: 100, pending: 40)) {
            try ledger.adjust(by: .min, on: occasion, under: programme)
        }
    }

    @Test("Points past the range of 64 bits are refused; up to it they count")
    func overflow() throws {
        var ledger = self.ledger
        let occasion = Fixture.occasion("k", at: at, reason: "test")
        #expect(throws: Refusal.tooLarge) { try ledger.adjust(by: .max, on: occasion, under: programme) }
        let most = try ledger.adjust(by: .max - 140, on: occasion, under: programme).entry
        try ledger.append(most)
        #expect(ledger.balance(at: at) == Balance(available: .max - 40, pending: 40))
        let one = try Fixture.order("9", at: at, [(100, nil)])
        #expect(throws: Refusal.tooLarge) { try programme.earn(for: one, in: ledger) }
        let spent = try ledger.spend(.max - 40, on: Fixture.occasion("s", at: at), under: programme).entry
        try ledger.append(spent)
        #expect(ledger.balance(at: at) == Balance(available: 0, pending: 40))
    }

    @Test("What was spent later cannot be spent again with an earlier date")
    func backdated() throws {
        var ledger = self.ledger
        try ledger.spend(80, "s", at: at, under: programme)
        let before = Fixture.occasion("k", at: at.advanced(milliseconds: -1000))
        #expect(
            throws: Refusal.tooFew(
                wanted: 21, available: 20, next: .init(at: try Fixture.instant("2026-03-11"), points: 40))
        ) {
            try ledger.spend(21, on: before, under: programme)
        }
        #expect(try ledger.spend(20, on: before, under: programme).entry.points == -20)
    }
}
