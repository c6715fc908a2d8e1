import Model
import Testing

@testable import Loyalty

@Suite("Ledger")
struct LedgerTests {
    @Test("Earn 100, spend 80, let them expire: 20 have expired and none is left; earn 50: there are 50")
    func publishedExample() throws {
        let programme = try Fixture.programme(expire: .after(Fixture.period("12 months")))
        var ledger = try Ledger()
        try ledger.earn(100, "1", at: Fixture.instant("2025-01-10"), under: programme)
        try ledger.spend(80, "s", at: Fixture.instant("2025-06-01"), under: programme)
        let expired = try Fixture.instant("2026-01-10")
        #expect(ledger.balance(at: expired.advanced(milliseconds: -1)).available == 20)
        #expect(ledger.balance(at: expired) == .zero)
        #expect(ledger.states(at: expired).map(\.expired) == [20])
        try ledger.earn(50, "2", at: Fixture.instant("2026-02-01"), under: programme)
        #expect(ledger.balance(at: try Fixture.instant("2026-02-01")).available == 50)
    }

    @Test("Points are spent by expiry, then activation, then recording; those that never expire come last")
    func spendOrder() throws {
        let at = try Fixture.instant("2026-01-01")
        func lot(_ key: String, expires: String?, activates: String) throws -> PointsEntry {
            PointsEntry(
                kind: .earned, customer: Fixture.customer, key: key, points: 10, occurred: at,
                activates: try Fixture.instant(activates), expires: try expires.map(Fixture.instant),
                source: "test", actor: "boon")
        }
        let ledger = try Ledger(
            customer: Fixture.customer,
            entries: [
                lot("never", expires: nil, activates: "2026-01-01"),
                lot("late", expires: "2026-12-01", activates: "2026-01-01"),
                lot("soon, active later", expires: "2026-06-01", activates: "2026-01-03"),
                lot("soon, second", expires: "2026-06-01", activates: "2026-01-02"),
                lot("soon, third", expires: "2026-06-01", activates: "2026-01-02"),
                lot("waiting", expires: "2026-05-01", activates: "2026-04-01"),
                lot("gone", expires: "2026-01-10", activates: "2026-01-01"),
            ])
        let entry = try ledger.spend(
            45, on: Fixture.occasion("s", at: Fixture.instant("2026-02-01")), under: Fixture.programme()
        ).entry
        #expect(
            entry.lots.map(\.lot) == ["soon, second", "soon, third", "soon, active later", "late", "never"])
        #expect(entry.lots.map(\.points) == [10, 10, 10, 10, 5])
    }

    @Test("Points that expire before they activate are never available, and the statement adds up")
    func expiringWhilePending() throws {
        let programme = try Fixture.programme(
            pending: "14 days", expire: .after(Fixture.period("7 days")))
        var ledger = try Ledger()
        let at = try Fixture.instant("2026-01-01")
        try ledger.earn(10, "1", at: at, under: programme)
        #expect(ledger.activations(after: at).isEmpty)
        let lines = ledger.statement(until: try Fixture.instant("2026-03-01"))
        #expect(lines.map(\.what) == [.entry(.earned), .expired])
        #expect(lines.map(\.balance.pending) == [10, 0])
    }

    @Test("The statement tells every change with its balance, also those that nobody recorded")
    func statement() throws {
        let programme = try Fixture.programme(
            pending: "14 days", expire: .after(Fixture.period("1 month"), endOfMonth: true))
        var ledger = try Ledger()
        try ledger.earn(100, "1042", at: Fixture.instant("2026-01-31"), under: programme)
        try ledger.spend(30, "s", at: Fixture.instant("2026-02-20"), under: programme)
        let lines = ledger.statement(until: try Fixture.instant("2026-04-01"))
        #expect(lines.map(\.what) == [.entry(.earned), .activated, .entry(.spent), .expired])
        #expect(lines.map(\.points) == [100, 100, -30, -70])
        #expect(lines.map(\.balance.available) == [0, 100, 70, 0])
        #expect(lines.map(\.balance.pending) == [100, 0, 0, 0])
        #expect(lines.map(\.entry.key) == ["purchase:1042", "purchase:1042", "s", "purchase:1042"])
        #expect(lines.last?.instant == (try Fixture.instant("2026-02-28T22:00:00Z")))
    }

    @Test("Activity prolongs what has not expired, and nothing that has")
    func activity() throws {
        let programme = try Fixture.programme(expire: .afterLastActivity(Fixture.period("6 months")))
        var ledger = try Ledger()
        try ledger.earn(100, "1", at: Fixture.instant("2026-01-15T10:00:00Z"), under: programme)
        try ledger.spend(10, "s1", at: Fixture.instant("2026-06-01T10:00:00Z"), under: programme)
        let end = try Fixture.instant("2026-12-01T11:00:00Z")  // 13:00 in Tallinn, then in winter
        #expect(ledger.expiries(after: try Fixture.instant("2026-06-02")).map(\.at) == [end])
        // Before that activity, it was to be in July.
        let july = try Fixture.instant("2026-07-15T09:00:00Z")
        #expect(ledger.expiries(after: try Fixture.instant("2026-02-01")).map(\.at) == [july])
        #expect(ledger.balance(at: end.advanced(milliseconds: -1)).available == 90)
        #expect(ledger.balance(at: end).available == 0)
        // The instant of expiry itself is too late.
        try ledger.earn(5, "2", at: end, under: programme)
        #expect(ledger.balance(at: end).available == 5)
    }

    @Test("Points taken by a correction do not count as activity, points given do")
    func correctionsAsActivity() throws {
        let programme = try Fixture.programme(expire: .afterLastActivity(Fixture.period("6 months")))
        let ledger = try Ledger()
        let at = try Fixture.instant("2026-01-01")
        let given = try ledger.adjust(
            by: 5, on: Fixture.occasion("a", at: at, reason: "sorry"), under: programme)
        #expect(given.entry.prolongs == given.entry.expires && given.entry.expires != nil)
        var after = ledger
        try after.append(given.entry)
        let taken = try after.adjust(
            by: -5, on: Fixture.occasion("b", at: at, reason: "oops"), under: programme)
        #expect(taken.entry.prolongs == nil)
    }

    @Test("Entries that contradict the ledger are refused and leave it as it was")
    func contradictions() throws {
        var ledger = try Ledger()
        let at = try Fixture.instant("2026-01-01")
        try ledger.earn(10, "1", at: at, under: Fixture.programme(pending: "14 days"))
        func entry(
            _ kind: PointsEntry.Kind, _ key: String, _ points: Int64, lots: [PointsEntry.LotChange] = [],
            customer: CustomerID = Fixture.customer, at: Timestamp = at, expires: Timestamp? = nil
        ) -> PointsEntry {
            PointsEntry(
                kind: kind, customer: customer, key: key, points: points, occurred: at, lots: lots,
                expires: expires, source: "test", actor: "boon")
        }
        let lot = "purchase:1"
        let later = at.advanced(milliseconds: 30 * 86_400_000)
        let broken: [(PointsEntry, LedgerError.Problem)] = [
            (entry(.earned, "x", 5, customer: "c-2"), .foreign),
            (entry(.earned, lot, 5), .repeated),
            (entry(.earned, "x", 0), .malformed),
            (entry(.earned, "x", -5), .malformed),
            (entry(.earned, "x", 5, expires: at), .malformed),
            (entry(.earned, "x", 5, lots: [.init(lot: lot, points: 5)]), .malformed),
            (entry(.spent, "x", 5), .malformed),
            (entry(.spent, "x", -5, at: later), .malformed),
            (entry(.spent, "x", .min, lots: [.init(lot: lot, points: 5)], at: later), .malformed),
            (entry(.spent, "x", -4, lots: [.init(lot: lot, points: 5)], at: later), .malformed),
            (entry(.spent, "x", -5, lots: [.init(lot: "none", points: 5)], at: later), .unknownLot("none")),
            (entry(.spent, "x", -5, lots: [.init(lot: lot, points: 5)]), .notThere(lot)),
            (entry(.spent, "x", -11, lots: [.init(lot: lot, points: 11)], at: later), .notThere(lot)),
            (
                entry(
                    .spent, "x", -12, lots: [.init(lot: lot, points: 6), .init(lot: lot, points: 6)],
                    at: later),
                .notThere(lot)
            ),
            (entry(.adjusted, "x", 5, lots: [.init(lot: lot, points: -5)], at: later), .malformed),
            (entry(.adjusted, "x", -5, lots: [.init(lot: lot, points: -5)], at: later), .notThere(lot)),
            (
                entry(
                    .adjusted, "x", -5, lots: [.init(lot: lot, points: 5)], at: at.advanced(milliseconds: -1)),
                .notThere(lot)
            ),
            (entry(.earned, "x", .max), .tooLarge),
        ]
        for (entry, problem) in broken {
            #expect(throws: LedgerError(problem, entry)) { try ledger.append(entry) }
            #expect(ledger.entries.count == 1)
            #expect(ledger.balance(at: later) == Balance(available: 10, pending: 0))
        }
    }
}
