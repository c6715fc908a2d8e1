import Foundation
import Model
import TestSupport

/// What happens in a shop in a year, and when Boon is told of it: mostly soon, sometimes days later, sometimes twice,
/// and hardly ever in order.
struct YearScript {
    /// Records that are told together.
    struct Import {
        let minute: Int64
        /// Each in one commit.
        private(set) var commits: [[Event]] = []

        fileprivate mutating func add(_ event: Event) {
            if let index = commits.firstIndex(where: { $0.first?.store == event.store }) {
                commits[index].append(event)
            } else {
                commits.append([event])
            }
        }

        init(minute: Int64) {
            self.minute = minute
        }
    }

    /// In the order of time; the first is at the very beginning of the year.
    private(set) var imports: [Import] = []
    private var random: SeededGenerator
    private let year: Range<Int64>
    private var told: [(minute: Int64, event: Event)] = []
    /// When something is told at once.
    private var prompt: [Int64] = []

    /// - Parameter imports: how often something is told.
    init(customers: Int, imports count: Int, of year: Range<Int64>, zones: [String], seed: UInt64) {
        (random, self.year) = (SeededGenerator(seed: seed), year)
        for number in 0..<customers { addCustomer("c-\(number)", zones: zones) }
        var times = Set((0..<count).map { _ in Int64.random(in: year, using: &random) } + prompt)
        times.insert(year.lowerBound)
        imports = times.sorted().map(Import.init)
        // At one instant in any order: a customer may be told after an order.
        for (minute, event) in told.shuffled(using: &random).sorted(by: { $0.minute < $1.minute }) {
            let next = imports.firstIndex { $0.minute >= minute }
            if let next { imports[next].add(event) }
        }
    }

    // MARK: - Customers

    private mutating func addCustomer(_ id: String, zones: [String]) {
        let isNew = chance(30)
        let joined =
            isNew ? minute(in: year) : year.lowerBound - Int64.random(in: 0..<600_000, using: &random)
        var customer = Customer(
            id: CustomerID(id), email: "\(id)@shop.example", consent: chance(95) ? .subscribed : .pending)
        customer.timezone = chance(90) ? pick(zones) : pick([nil, "Mars/Olympus"])
        customer.joined = chance(95) ? Timestamp(minute: joined) : nil
        let born = Int64.random(in: -10_000..<12_000, using: &random)
        customer.birthday =
            chance(3) ? CalendarDate("2000-02-29") : chance(70) ? CalendarDate(daysSinceEpoch: born) : nil
        customer.tags = chance(3) ? ["vip"] : []
        if chance(5) { customer.attributes["grinder"] = "own" }
        let known = min(max(joined, year.lowerBound) + (isNew ? delay() : 0), year.upperBound - 1)
        told.append((known, .customerSaved(customer)))
        change(customer, after: known, zones: zones)
        for number in 0..<pick([0, 1, 1, 2, 2, 3, 8]) { addOrder("\(id)-\(number)", by: customer.id, known) }
        if chance(10) { addTrial(of: customer.id, known) }
    }

    /// What becomes of a customer during the year.
    private mutating func change(_ customer: Customer, after known: Int64, zones: [String]) {
        var (customer, now) = (customer, known)
        let changes: [(inout Customer, inout Self) -> Void] = [
            { customer, script in customer.consent = script.chance(80) ? .unsubscribed : .subscribed },
            { customer, _ in customer.consent = .subscribed },
            { customer, script in customer.timezone = script.pick(zones) },
            { customer, _ in customer.tags.append("barista") },
        ]
        while chance(40), now < year.upperBound {
            now = someMinute(after: now)
            pick(changes)(&customer, &self)
            tellPromptly(.customerSaved(customer), at: now)
        }
        if chance(10) {
            // Not for a fault of the address: whether that was before or after the address is known by clocks alone.
            let no = Suppression(customer: customer.id, reason: .complaint, detail: "spam", actor: "boon")
            tellPromptly(.addressSuppressed(no), at: someMinute(after: known))
        }
    }

    /// Often in the weeks before Christmas, when letters are under way all around the clock.
    private mutating func someMinute(after known: Int64) -> Int64 {
        let winter = year.lowerBound + 175 * 1440..<year.lowerBound + 205 * 1440
        return minute(in: known < winter.lowerBound && chance(50) ? winter : known..<year.upperBound)
    }

    private mutating func tellPromptly(_ event: Event, at minute: Int64) {
        told.append((minute, event))
        prompt.append(minute)
    }

    // MARK: - What they do

    private mutating func addOrder(_ id: String, by customer: CustomerID, _ known: Int64) {
        let at = minute(in: year.lowerBound - 200 * 1440..<year.upperBound)
        let order = Order(
            id: OrderID(id), customer: customer, at: Timestamp(minute: at), currency: .euro,
            lines: [OrderLine(total: 1000, category: "coffee")])
        tell(.orderSaved(order), at: at, known)
        if chance(30) { answer(of: customer, at: at + Int64.random(in: 60..<20_000, using: &random), known) }
    }

    /// Both questions of a survey; one in five has second thoughts about the score.
    private mutating func answer(of customer: CustomerID, at: Int64, _ known: Int64) {
        let wave = "\(2026 + (at - year.lowerBound) / (90 * 1440))"
        for (question, values) in [("score", ["3", "7", "9", "10"]), ("why", ["Good coffee"])] {
            for again in 0..<(chance(20) ? 2 : 1) {
                let answer = Answer(
                    customer: customer, survey: "nps", wave: wave, question: question, value: pick(values),
                    occurred: Timestamp(minute: at + Int64(again) * 30), via: "desk")
                tell(.answerConfirmed(answer), at: at + Int64(again) * 30, known)
            }
        }
    }

    private mutating func addTrial(of customer: CustomerID, _ known: Int64) {
        let at = minute(in: year)
        let event = CustomerEvent(
            id: "trial-\(customer)", customer: customer, name: "trial_ended", occurred: Timestamp(minute: at))
        tell(.happened(event), at: at, known)
    }

    /// Tells something once or twice, not before the customer is known.
    private mutating func tell(_ event: Event, at: Int64, _ known: Int64) {
        for _ in 0..<(chance(10) ? 2 : 1) {
            told.append((max(at, known, year.lowerBound) + delay(), event))
        }
    }

    // MARK: - Chance

    private mutating func delay() -> Int64 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: Int64.random(in: 0..<10 * 1440, using: &random)
        case 1...3: Int64.random(in: 0..<2 * 1440, using: &random)
        default: Int64.random(in: 0..<60, using: &random)
        }
    }

    private mutating func minute(in range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &random) }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

extension Timestamp {
    init(minute: Int64) {
        self.init(milliseconds: minute * 60_000)
    }

    /// Whole minutes since 1970; the next one for what lies between two.
    var minute: Int64 { -(-milliseconds).dividingFloor(by: 60_000).quotient }
}
