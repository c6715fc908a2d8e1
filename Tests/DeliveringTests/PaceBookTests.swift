import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Delivering

@Suite("Paces")
struct PaceBookTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "boon-pace-\(UUID().uuidString)"
    )
    .path
    private let clock = ControlledClock()

    private func book() throws -> PaceBook {
        try PaceBook(folder: folder) { clock.now }
    }

    private var file: URL { URL(fileURLWithPath: "\(folder)/pace") }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Takes what is granted now; 0 when it is to wait.
    private func take(_ most: Int, _ limits: PaceLimit..., from book: PaceBook) throws -> Int {
        if case .go(let grant) = try book.take(upTo: most, of: limits) { grant.count } else { 0 }
    }

    /// Takes and goes on until an instant.
    private func takeAll(upTo most: Int, _ limits: [PaceLimit], from book: PaceBook, until end: Int64) throws
        -> Int
    {
        var taken = 0
        while clock.now < end {
            switch try book.take(upTo: most, of: limits) {
            case .go(let grant): taken += grant.count
            case .wait(let until): clock.go(to: max(until, clock.now + 1))
            }
        }
        return taken
    }

    /// The rates that are tried: from one in many hours to one in two microseconds.
    private static func pace(using generator: inout SeededGenerator) -> Pace {
        let unit: Int64 = [1000, 60_000, 3_600_000, 86_400_000].randomElement(using: &generator) ?? 1000
        let most = [3, 60, 1000, 50_000, 500_000].randomElement(using: &generator) ?? 3
        return Pace(Int.random(in: 1...most, using: &generator), per: unit)
    }

    @Test("In no window of time more is granted than the rate allows and one burst", arguments: 0..<60)
    func neverTooFast(seed: UInt64) throws {
        defer { remove() }
        var generator = SeededGenerator(seed: seed)
        let pace = Self.pace(using: &generator)
        let interval = Double(pace.milliseconds) * 1000 / Double(pace.count)
        var books = [try book(), try book()]
        var grants: [(at: Int64, count: Int)] = []
        for _ in 0..<400 {
            if Int.random(in: 0..<20, using: &generator) == 0 { books[0] = try book() }
            let asked = books[Int.random(in: 0...1, using: &generator)]
            let most = Int.random(in: 1...200, using: &generator)
            switch try asked.take(upTo: most, of: [PaceLimit("relay main", pace)]) {
            case .go(let grant):
                let unused = Int.random(in: 0..<5, using: &generator) == 0 ? (grant.count + 1) / 2 : 0
                grants.append((clock.now, grant.count - unused))
                if unused > 0 { clock.go(for: Int64.random(in: 0...Int64(interval * 5), using: &generator)) }
                try asked.giveBack(unused, of: grant)
            case .wait(let until):
                #expect(until > clock.now)
                let waits = Bool.random(using: &generator)
                clock.go(to: waits ? until : clock.now + (until - clock.now) / 3)
            }
            if Int.random(in: 0..<30, using: &generator) == 0 {
                clock.go(for: Int64.random(in: 0...Int64(interval * 300), using: &generator))
            }
        }
        let burst = max(100_000 / interval, 1)
        for first in grants.indices {
            var sum = 0
            for grant in grants[first...] {
                sum += grant.count
                let due = Double(grant.at - grants[first].at) / interval
                guard Double(sum) <= due + burst + 0.001 else {
                    Issue.record("\(sum) messages where \(due) and a burst of \(burst) were due")
                    return
                }
            }
        }
    }

    @Test("Whoever always asks gets at least 98 % of the rate", arguments: 0..<40)
    func saturation(seed: UInt64) throws {
        defer { remove() }
        var generator = SeededGenerator(seed: seed)
        let pace = Self.pace(using: &generator)
        let limit = PaceLimit("relay main", pace)
        let interval = pace.milliseconds * 1000 / Int64(pace.count)
        var books = [try book(), try book()]
        var taken = 0
        let start = clock.now
        while clock.now < start + max(interval, 500) * 1000 {
            if Int.random(in: 0..<20, using: &generator) == 0 { books[0] = try book() }
            let most = Int.random(in: 1...200, using: &generator)
            switch try books[Int.random(in: 0...1, using: &generator)].take(upTo: most, of: [limit]) {
            case .go(let grant): taken += grant.count
            case .wait(let until): clock.go(to: until)
            }
        }
        let due = Double(clock.now - start) * Double(pace.count) / Double(pace.milliseconds * 1000)
        #expect(Double(taken) >= due * 0.98)
    }

    @Test("50 in a second are 3,000 in a minute within 2 %, whatever the batch", arguments: [1, 7, 64])
    func minute(batch: Int) throws {
        defer { remove() }
        let limit = PaceLimit("relay main", 50, per: 1000)
        let taken = try takeAll(
            upTo: batch, [limit], from: book(), until: clock.now + 60 * ControlledClock.second)
        #expect((2940...3060).contains(taken))
    }

    @Test("All limits hold together, and one that is used up takes nothing from another")
    func together() throws {
        defer { remove() }
        let (relay, domain) = (
            PaceLimit("relay main", 1000, per: 1000), PaceLimit("relay main g", 20, per: 1000)
        )
        let book = try book()
        #expect(try take(64, relay, domain, from: book) == 2)
        #expect(try take(64, relay, domain, from: book) == 0)
        #expect(try take(200, relay, from: book) == 98)
        let taken = try takeAll(
            upTo: 64, [relay, domain], from: book, until: clock.now + 10 * ControlledClock.second)
        #expect((196...204).contains(taken))
    }

    @Test("A thousand takers at the same instant share one burst")
    func contention() throws {
        defer { remove() }
        let books = [try book(), try book(), try book()]
        let limit = PaceLimit("relay main", 1000, per: 1000)
        let taken = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 1000) { number in
            guard case .go(let grant)? = try? books[number % 3].take(upTo: 25, of: [limit]) else { return }
            taken.withLock { $0 += grant.count }
        }
        #expect(taken.withLock { $0 } == 100)
    }

    @Test("A clock that is put back by a day holds nobody for a day")
    func clockPutBack() throws {
        defer { remove() }
        let (book, limit) = (try book(), PaceLimit("relay main", 50, per: 1000))
        while try take(64, limit, from: book) > 0 {}
        clock.go(for: -86_400 * ControlledClock.second)
        let taken = try takeAll(
            upTo: 64, [limit], from: book, until: clock.now + 60 * ControlledClock.second)
        #expect((2940...3060).contains(taken))
    }

    @Test("A damaged or missing file starts afresh")
    func damage() throws {
        defer { remove() }
        let (book, limit) = (try book(), PaceLimit("relay main", 50, per: 1000))
        var generator = SeededGenerator(seed: 4)
        for length in [0, 1, 40, 5000] {
            #expect(try take(64, limit, from: book) == 5)
            #expect(try take(64, limit, from: book) == 0)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(bytes))
            try handle.close()
        }
        #expect(try take(64, limit, from: book) == 5)
        try FileManager.default.removeItem(at: file)
        #expect(try take(64, limit, from: book) == 5)
        #expect(FileManager.default.fileExists(atPath: file.path))
        #expect(try take(64, limit, from: self.book()) == 0)
    }

    @Test("The file holds what is still to come, and nothing of what has passed")
    func smallFile() throws {
        defer { remove() }
        let book = try book()
        for number in 0..<1000 {
            _ = try take(1, PaceLimit("campaign \(number)\nx", 10, per: 1000), from: book)
            clock.go(for: ControlledClock.second)
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text == "\(clock.now * 1000 - 900_000_000) campaign 999 x\n")
    }

    @Test("What is given back can be taken again, as far as its time has not passed")
    func giveBack() throws {
        defer { remove() }
        let (book, limit) = (try book(), PaceLimit("relay main", 20, per: 3_600_000))
        let first = try #require(try grant(of: limit, from: book))
        #expect(first.count == 1)
        #expect(try take(1, limit, from: book) == 0)
        clock.go(for: ControlledClock.second)
        try book.giveBack(1, of: first)
        let second = try #require(try grant(of: limit, from: book))
        clock.go(for: 180 * ControlledClock.second)
        #expect(try take(1, limit, from: book) == 1)
        try book.giveBack(1, of: second)
        #expect(try take(1, limit, from: book) == 0, "its three minutes were over")
    }

    private func grant(of limit: PaceLimit, from book: PaceBook) throws -> PaceGrant? {
        if case .go(let grant) = try book.take(upTo: 64, of: [limit]) { grant } else { nil }
    }

    @Test("A file that cannot be used is named with what to do")
    func unusable() throws {
        let error = try #require(throws: PaceBookError.self) { try PaceBook(folder: "/proc/nowhere") }
        #expect(
            error.description.hasPrefix(
                "/proc/nowhere/pace, which keeps the pace of relays, cannot be opened: "))
        #expect(error.description.hasSuffix("; see to its folder and disk, then send again"))
    }
}
