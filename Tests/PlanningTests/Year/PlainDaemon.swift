import Campaigns
import Foundation
import Model

/// The plain model of a year: everything is a list, everything is looked at whenever anything could be due, and nothing
/// is remembered but what was told, planned and sent. All times are minutes of the daemon's clock, but where they are
/// said to be the right time.
struct PlainDaemon {
    /// A look at the clock at which something was sent.
    struct Sending: Hashable {
        let stretch: Int
        /// The right time.
        let time: Int64
    }

    private(set) var record = YearRecord()
    private(set) var sendings: [Sending] = []

    private let clocks: WallClocks
    private let occurring: [PlainSchedule]
    private var following: [PlainFollowing]
    private let limits: PlainLimits
    private var shop: PlainShop
    /// In the order planned.
    private var runs: [PlainRun] = []
    /// The occurrences that were planned or skipped.
    private var decided: Set<String> = []
    /// When the schedules were first seen; again, and only for as long as it lasts, with a clock more than thirty days
    /// before that.
    private var begins: [Int64] = []

    init(_ definitions: Definitions, home: TimeZone, zones: [String], year: Range<Int64>) {
        clocks = WallClocks(home: home, zones: zones)
        let years = year.lowerBound - 3700 * 1440..<year.upperBound + 3700 * 1440
        let schedules = definitions.campaigns.values.sorted { $0.id < $1.id }.compactMap { [clocks] in
            PlainSchedule($0, clocks: clocks, over: years)
        }
        following = schedules.compactMap { PlainFollowing($0, surveys: definitions.surveys) }
        let ids = Set(following.map(\.schedule.campaign.id))
        occurring = schedules.filter { !ids.contains($0.campaign.id) }
        limits = PlainLimits(definitions, clock: clocks.home)
        shop = PlainShop(definitions, home: home)
    }

    /// Lives a life while a shop tells what happens. Others have the thread between two looks at the clock.
    mutating func live(_ life: YearLife, _ script: YearScript) async throws {
        var told = script.imports[...]
        for (index, stretch) in life.stretches.enumerated() {
            var time = stretch.time.lowerBound
            while time < stretch.time.upperBound {
                while let next = told.first, next.minute <= time {
                    for event in next.commits.joined() { take(event) }
                    told.removeFirst()
                }
                let now = time + stretch.ahead
                if stretch.isStart, time == stretch.time.lowerBound { dropInterrupted(at: now) }
                await Task.yield()
                let (next, count) = try look(at: now, time: time)
                if count > 0 { sendings.append(Sending(stretch: index, time: time)) }
                time = min(next.map { $0 - stretch.ahead } ?? .max, told.first?.minute ?? .max)
            }
        }
    }

    private mutating func take(_ event: Event) {
        shop.take(event)
        for index in following.indices { following[index].take(event, in: shop) }
    }

    /// - Returns: when something may be due next, and how many were sent.
    private mutating func look(at now: Int64, time: Int64) throws -> (next: Int64?, sent: Int) {
        if !begins.contains(where: { $0 <= now + 30 * 1440 }) { begins.append(now) }
        let since = begins.filter { $0 <= now + 30 * 1440 }.max() ?? now
        var wakes: [Int64?] = []
        for schedule in occurring {
            for occurrence in schedule.begun(at: now) where schedule.comes(occurrence, after: since) {
                try plan(occurrence, of: schedule, at: now)
            }
            wakes.append(schedule.next(after: now))
        }
        for index in following.indices {
            let (happened, next) = following[index].take(in: shop, since: since, now: now, time: time)
            for happening in happened { try follow(happening.customer, following[index].schedule, at: now) }
            wakes.append(next)
        }
        let sent = send(at: now)
        wakes.append(runs.flatMap(\.waiting.values).min())
        return (wakes.compactMap(\.self).min(), sent)
    }

    // MARK: - Planning

    private mutating func plan(_ time: Int64, of schedule: PlainSchedule, at now: Int64) throws {
        let name = schedule.name(of: time)
        guard decided.insert(name).inserted else { return }
        if schedule.isSameForAll, case .left(let why) = schedule.turn(at: time, on: clocks.home, now: now) {
            return record.add(name, nil, .left(why))
        }
        let members = try shop.members(of: schedule.campaign, at: now).filter {
            schedule.celebrates(shop.customers[$0]?.birthday, at: time)
        }
        if members.isEmpty { return record.add(name, nil, .left(.nobody)) }
        let turns = members.map { customer in
            schedule.turn(at: time, on: clocks[shop.customers[customer]?.timezone], now: now)
        }
        var run = PlainRun(name: name, schedule: schedule, changed: now)
        for case (let customer, .due(let due)) in zip(members, turns) { run.waiting[customer] = due }
        if run.waiting.isEmpty {
            return record.add(name, nil, .left(turns.contains(.left(.late)) ? .late : .overtaken))
        }
        for case (let customer, .left(let why)) in zip(members, turns) {
            record.add(name, customer.text, .left(why))
        }
        runs.append(run)
    }

    /// Adds a customer to the first run of the day that they are not in.
    private mutating func follow(_ customer: CustomerID, _ schedule: PlainSchedule, at now: Int64) throws {
        let name = "\(schedule.campaign.id)@\(clocks.home.day(at: now))"
        var index = runs.firstIndex { $0.name == name && !$0.members.contains(customer) }
        if index == nil {
            runs.append(PlainRun(name: name, schedule: schedule, changed: now))
            index = runs.indices.last
        }
        guard let index else { return }
        runs[index].members.insert(customer)
        runs[index].changed = max(runs[index].changed, now)
        if try shop.isMember(customer, of: schedule.campaign, at: now) {
            runs[index].waiting[customer] = now
        } else {
            record.add(name, customer.text, .left(.outside))
        }
    }

    // MARK: - Sending

    private mutating func send(at now: Int64) -> Int {
        var sent = 0
        for index in runs.indices {
            let due = runs[index].waiting.filter { $0.value <= now }.keys.sorted()
            for customer in due {
                let fate = fate(of: customer, runs[index].schedule.campaign, at: now)
                record.add(runs[index].name, customer.text, fate)
                runs[index].waiting[customer] = nil
                runs[index].changed = max(runs[index].changed, now)
                sent += fate == .sent(now) ? 1 : 0
            }
        }
        return sent
    }

    private mutating func fate(of customer: CustomerID, _ campaign: Campaign, at now: Int64)
        -> YearRecord.Fate
    {
        if shop.customers[customer]?.consent != .subscribed { return .left(.unsubscribed) }
        if shop.suppressed.contains(customer) { return .left(.suppressed) }
        if let why = limits.refusal(of: campaign, to: customer, at: now) { return .left(why) }
        limits.note(campaign, to: customer, at: now)
        return .sent(now)
    }

    /// A run in which nothing happened for longer than its campaign may be late is given up by whoever starts; those
    /// alone are still sent to who became due since.
    private mutating func dropInterrupted(at now: Int64) {
        for index in runs.indices where !runs[index].schedule.allows(runs[index].changed, at: now) {
            let run = runs[index]
            for (customer, due) in run.waiting where due <= now {
                guard !run.schedule.allows(max(due, run.changed), at: now) else { continue }
                record.add(run.name, customer.text, .left(.interrupted))
                runs[index].waiting[customer] = nil
                runs[index].changed = now
            }
        }
    }
}

/// A run, and who waits for their turn in it.
private struct PlainRun {
    let name: String
    let schedule: PlainSchedule
    /// When something was last noted of anyone in it.
    var changed: Int64
    /// Those to whom something happened: nobody is in a run twice.
    var members: Set<CustomerID> = []
    /// From when on they are sent to.
    var waiting: [CustomerID: Int64] = [:]
}
