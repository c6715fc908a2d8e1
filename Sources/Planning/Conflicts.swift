import Campaigns
import Model
import Recording

/// Finds whom limits will leave out, and who gets two campaigns on one morning: customer by customer, in the order of
/// their identifiers, so that a million of them need no table. What a paused run holds back is in nobody's way.
struct Conflicts {
    private(set) var entries: [Forecast.Entry]
    private var mornings = Mornings()
    private let caps: MailCaps
    /// Lists of customers with the entries that each is for. All occurrences of a campaign share one list.
    private var lists: [(roll: Roll, entries: [Int], isDivided: Bool)] = []

    init(_ caps: MailCaps, of entries: [Forecast.Entry], in view: IndexView) throws {
        (self.caps, self.entries) = (caps, entries)
        var shared: [String: Int] = [:]
        for (index, entry) in entries.enumerated() where !entry.stands {
            if case .occurrence = entry.kind, let list = shared[entry.campaign.id] {
                lists[list].entries.append(index)
                continue
            }
            if case .occurrence = entry.kind { shared[entry.campaign.id] = lists.count }
            lists.append((try entry.roll(in: view), [index], entry.campaign.test != nil))
        }
    }

    /// Which campaigns meet, as far as it was found.
    var meetings: [Morning] { mornings.found(among: entries) }

    mutating func find(in view: IndexView, now: Timestamp) throws {
        let sent = try caps.reach(at: now).map { try view.mails(since: $0) } ?? []
        var past = sent[...]
        /// How many customers are in the same lists and had no mails of late: they all fare alike. So do those for whom
        /// the same entries of lists are that an A/B test divides.
        var (alike, divided): ([[Int]: Int], [[Int]: Int]) = ([:], [:])
        while let (customer, mine) = try next() {
            past = past.drop { $0.customer < customer }
            let history = past.prefix { $0.customer == customer }
            if !history.isEmpty {
                count(entries(of: customer, in: mine), after: history, times: 1)
            } else if mine.contains(where: { lists[$0].isDivided }) {
                divided[entries(of: customer, in: mine), default: 0] += 1
            } else {
                alike[mine, default: 0] += 1
            }
        }
        for (mine, times) in alike {
            count(mine.flatMap { lists[$0].entries }.sorted(), after: [], times: times)
        }
        for (mine, times) in divided { count(mine, after: [], times: times) }
    }

    /// The first customer who was not looked at yet, and the lists they are in.
    private mutating func next() throws -> (CustomerID, [Int])? {
        var first: CustomerID?
        var mine: [Int] = []
        for index in lists.indices {
            guard let head = lists[index].roll.head else { continue }
            if let known = first, known < head { continue }
            if head != first { (first, mine) = (head, []) }
            mine.append(index)
        }
        guard let first else { return nil }
        for index in mine { try lists[index].roll.advance() }
        return (first, mine)
    }

    /// The entries of some lists that are for a customer, in the order of time.
    private func entries(of customer: CustomerID, in mine: [Int]) -> [Int] {
        mine.flatMap { lists[$0].entries.filter { entries[$0].isFor(customer) } }.sorted()
    }

    /// Counts for so many customers what limits keep from them, and what meets on one morning.
    private mutating func count(_ mine: [Int], after history: ArraySlice<CustomerMail>, times: Int) {
        var mails = history.map(MailCaps.Sent.init)
        var coming: [Int] = []
        for index in mine {
            let (campaign, at) = (entries[index].campaign.id, entries[index].here)
            if caps.refusal(of: campaign, at: at, after: mails) == nil {
                mails.append(.init(campaign: campaign, at: at))
                coming.append(index)
            } else {
                entries[index].capped += times
            }
        }
        meet(coming, times: times)
    }

    /// Counts so many customers for the campaigns that come to them within a morning, together and by twos.
    private mutating func meet(_ coming: [Int], times: Int) {
        for meeting in together(coming) { mornings.add(meeting, times: times) }
        for (position, index) in coming.enumerated() {
            let (one, begin) = (entries[index].campaign.id, entries[index].here.milliseconds)
            for other in coming[(position + 1)...] {
                guard entries[other].here.milliseconds - begin < Forecast.morning else { break }
                let two = entries[other].campaign.id
                guard one != two else { continue }
                entries[index].neighbours[two, default: 0] += times
                entries[other].neighbours[one, default: 0] += times
            }
        }
    }
}

extension Conflicts {
    /// Of entries in the order of time those that follow each other within a morning and are of more than one campaign.
    private func together(_ coming: [Int]) -> [[Int]] {
        var found: [[Int]] = []
        for index in coming {
            if let last = found.last?.last,
                entries[index].here.milliseconds - entries[last].here.milliseconds < Forecast.morning
            {
                found[found.count - 1].append(index)
            } else {
                found.append([index])
            }
        }
        return found.filter { Set($0.map { entries[$0].campaign.id }).count > 1 }
    }
}

extension Forecast.Entry {
    /// Whom it is for; those of a run are read from the index page by page.
    fileprivate func roll(in view: IndexView) throws -> Roll {
        guard case .run(let run) = kind else { return Roll(members) }
        return try Roll { last in
            try view.customersLeft(in: run, tried: part.tried, after: last, limit: PlannedRun.chunk)
        }
    }
}
