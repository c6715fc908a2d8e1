import Foundation
import Model
import Testing

@testable import Recording

@Suite("The store")
struct StoreTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("What is committed is read back, by this store and by the next one that opens it")
    func commitAndRead() throws {
        let store = try openStore(folder)
        let saved = customer(1)
        try store.record([.customerSaved(saved)])
        try store.record([earned(1), earned(2)])
        for store in [store, try openStore(folder)] {
            #expect(try store.read { try $0.customer("c-1") } == saved)
            #expect(try store.read { try $0.customers(email: "c1@example.com") } == [saved])
            #expect(try store.read { try $0.points(of: "c-1") }.map(\.key) == ["purchase:1", "purchase:2"])
        }
    }

    @Test("A journal line is the documented JSON, chained to the one before")
    func lineFormat() throws {
        try openStore(folder).record([earned(1), earned(2)])
        let lines = String(decoding: try folder.contents("points.jsonl"), as: UTF8.self).split(
            separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines[0].hasPrefix(
                #"{"seq":1,"at":"2026-11-21T09:00:00.123Z","type":"points.earned","customer":"c-1""#))
        let (first, second) = (Array(lines[0].utf8), Array(lines[1].utf8))
        let sum = try #require(JournalLine.claimedSum(first[...]))
        #expect(sum == ChainSum(of: first.dropLast(JournalLine.tailLength), after: .start))
        #expect(JournalLine.check(second[...], seq: 2, after: sum)?.isLast == true)
        #expect(JournalLine.check(first[...], seq: 1, after: .start)?.isLast == false)
    }

    @Test("Deleting the index changes no answer")
    func deletedIndex() throws {
        let before = try fill(try openStore(folder))
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/index.sqlite\(suffix)")
        }
        #expect(try everything(try openStore(folder)) == before)
        try folder.write("this is no database, however long it may be".utf8, to: "index.sqlite")
        #expect(try everything(try openStore(folder)) == before)
    }

    @Test("An index that is older than the journals catches up")
    func olderIndex() throws {
        try openStore(folder).record([.customerSaved(customer(1))])
        try checkpointIndex()
        let old = try folder.contents("index.sqlite")
        let before = try fill(try openStore(folder))
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/index.sqlite\(suffix)")
        }
        try folder.write(old, to: "index.sqlite")
        #expect(try everything(try openStore(folder)) == before)
    }

    @Test("A rebuilt index gives the same answers")
    func rebuild() throws {
        let store = try openStore(folder)
        let before = try fill(store)
        try store.rebuild()
        #expect(try everything(store) == before)
        try store.record([earned(9999)])
        #expect(try everything(try openStore(folder)) == everything(store))
    }

    @Test("Journals that grow are sealed, and are read as one")
    func sealing() throws {
        let store = try openStore(folder, sealSize: 2000)
        let before = try fill(store)
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/points.000002.jsonl"))
        try store.rebuild()
        #expect(try everything(store) == before)
        let reports = try Store.verify(folder: folder.path)
        #expect(reports.allSatisfy { $0.damage == nil && $0.unfinished == nil })
        #expect(reports.first { $0.store == .points }?.records == 101)
        try FileManager.default.removeItem(atPath: "\(folder.path)/points.000002.jsonl")
        #expect(throws: StoreError.missingFile("\(folder.path)/points.000002.jsonl")) { try store.rebuild() }
    }

    @Test("A decision that throws records nothing and reaches its caller alone")
    func failedDecision() throws {
        struct Refused: Error {}
        let store = try openStore(folder)
        #expect(throws: Refused.self) {
            try store.commit { _ -> (events: [Event], answer: Int) in throw Refused() }
        }
        #expect(try store.commit { _ in ([earned(1)], 7) } == 7)
        #expect(try store.read { try $0.points(of: "c-1") }.count == 1)
    }

    @Test("A decision sees every earlier commit, also those of other processes")
    func decisionsAreSerial() throws {
        let stores = try (0..<3).map { _ in try openStore(folder) }
        DispatchQueue.concurrentPerform(iterations: 60) { number in
            _ = try? stores[number % 3].commit { view -> (events: [Event], answer: Int) in
                let count = try view.points(of: "c-1").count
                return ([earned(count)], count)
            }
        }
        let keys = try openStore(folder).read { try $0.points(of: "c-1") }.map(\.key)
        #expect(keys == (0..<60).map { "purchase:\($0)" })
        #expect(try Store.verify(folder: folder.path).allSatisfy { $0.damage == nil })
    }

    @Test("A record of a newer kind stops the start and names the place")
    func newerKind() throws {
        try openStore(folder).record([earned(1)])
        var bytes = try folder.contents("points.jsonl")
        let sum = try #require(JournalLine.claimedSum(bytes.dropLast()))
        let body = Array(#"{"seq":2,"at":"2026-11-21T09:00:00.000Z","type":"points.gilded""#.utf8)
        bytes +=
            body + Array(#","sum":""#.utf8) + ChainSum(of: body[...], after: sum).hex + Array("\"}\n".utf8)
        try folder.write(bytes, to: "points.jsonl")
        let error = #expect(throws: StoreError.self) { try openStore(folder) }
        #expect("\(try #require(error))".contains("points.jsonl:2: at byte"))
        #expect("\(try #require(error))".contains("'points.gilded' was written by a newer Boon"))
    }

    // MARK: - What is compared

    /// Writes some of every kind of record.
    private func fill(_ store: Store) throws -> [String] {
        for number in 1...20 {
            try store.record([.customerSaved(customer(number)), .customerSaved(customer(number))])
        }
        let euro = try #require(Currency("EUR"))
        for number in 1...20 {
            let lines = [
                OrderLine(total: 100, category: "coffee"), OrderLine(total: Int64(number), sku: "x"),
            ]
            try store.record([
                .orderSaved(
                    Order(id: "o-\(number)", customer: "c-1", at: someInstant, currency: euro, lines: lines))
            ])
        }
        for number in 1...100 { try store.record([earned(number, customer: CustomerID("c-\(number % 7)"))]) }
        try store.record([
            .points(
                PointsEntry(
                    kind: .spent, customer: "c-1", key: "s", points: -3, occurred: someInstant,
                    lots: [.init(lot: "purchase:1", points: 2), .init(lot: "purchase:8", points: 1)],
                    source: "reward:espresso", actor: "Mari"))
        ])
        try store.record([
            .answerConfirmed(
                Answer(
                    customer: "c-1", survey: "nps", wave: "1", question: "score", value: "9",
                    occurred: someInstant,
                    via: "desk"))
        ])
        let run = Run(campaign: "thanks", occurrence: someInstant, recipients: 3)
        try store.record([
            .runPlanned(run), .runRecipients(run.id, ["c-1", "c-2"]), .runRecipients(run.id, ["c-3"]),
        ])
        try store.record([.mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-2"]))])
        try store.record([
            .mailOutcome(
                MailOutcome(run: run.id, customer: "c-1", result: .accepted, attempt: 1, reply: "250 ok")),
            .mailBounced(
                MailBounce(
                    report: "5be1", run: run.id, customer: "c-1", kind: .hard, reply: "unknown",
                    occurred: someInstant)),
            .addressSuppressed(
                Suppression(customer: "c-1", reason: .bounces, detail: "unknown", actor: "boon")),
            .runPaused(run.id, reason: "a person says so"),
        ])
        try store.record([
            .happened(
                CustomerEvent(
                    id: "e-1", customer: "c-1", name: "visited", occurred: someInstant,
                    properties: ["page": "Ö\""]))
        ])
        return try everything(store)
    }

    private func everything(_ store: Store) throws -> [String] {
        try store.read { view in
            var answers = (1...20).map { "\(String(describing: try? view.customer(CustomerID("c-\($0)"))))" }
            answers += try view.orders(of: "c-1").map { "\($0)" }
            for number in 0...7 { answers += try view.points(of: CustomerID("c-\(number)")).map { "\($0)" } }
            answers += try view.answers(survey: "nps").map { "\($0)" }
            answers += try view.events(of: "c-1").map { "\($0)" }
            answers += ["\(String(describing: try view.suppression(of: "c-1")))"]
            let runs = try view.runs()
            answers += runs.flatMap {
                [
                    "\($0.run)", "\($0.planned)", "\($0.state)",
                    "\($0.counts.sorted { $0.key.rawValue < $1.key.rawValue })",
                ]
            }
            for run in runs {
                answers += try view.recipients(of: run.run.id, in: RecipientState.allCases, limit: 10).map {
                    "\($0)"
                }
            }
            return answers
        }
    }

    /// Moves the write-ahead log into index.sqlite, so that the file alone is a whole index.
    private func checkpointIndex() throws {
        _ = try Index(folder: folder.path).write { try $0.checkpoint(.truncate) }
    }
}
