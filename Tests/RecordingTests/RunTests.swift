import Foundation
import Model
import Testing

@testable import Recording

@Suite("Runs in the index")
struct RunTests {
    let folder: TemporaryFolder
    let store: Store
    let run = Run(campaign: "thanks", occurrence: someInstant, recipients: 4)

    init() throws {
        folder = try TemporaryFolder()
        store = try openStore(folder)
        var customers = (1...4).map { customer($0) }
        customers[1].email = "b@gmail.com"
        customers[3].email = "d@mail.gmail.com"
        try store.record(customers.map(Event.customerSaved))
        try store.record([
            .runPlanned(run), .runRecipients(run.id, ["c-1", "c-2"]),
            .runRecipients(run.id, ["c-3", "c-4"], due: later),
        ])
    }

    private let later = someInstant.advanced(milliseconds: 60_000)

    private func standing() throws -> RunState? {
        try store.read { try $0.standing(of: run.id) }?.state
    }

    private func planned(due: Timestamp? = nil, at domains: Domains = .all) throws -> [CustomerID] {
        try store.read { try $0.recipients(of: run.id, in: [.planned], due: due, at: domains, limit: 10) }
            .map(\.customer)
    }

    @Test("A run is paused with its reason, goes on, is cancelled, and can be opened again")
    func states() throws {
        #expect(try standing() == .open)
        try store.record([.runPaused(run.id, reason: "the relay refuses us")])
        let paused = try #require(try store.read { try $0.run(run.id) })
        #expect(paused.state == .paused && paused.reason == "the relay refuses us" && paused.ended == nil)
        #expect(try store.read { try $0.openRuns() }.isEmpty)
        try store.record([.runCancelled(run.id)])
        #expect(try standing() == .cancelled)
        #expect(try store.read { try $0.openRuns() }.isEmpty)
        try store.record([.runResumed(run.id)])
        let open = try #require(try store.read { try $0.run(run.id) })
        #expect(open.state == .open && open.reason == nil && open.ended == nil)
        #expect(try store.read { try $0.runID(number: open.number) } == run.id)
    }

    @Test("Recipients are found from the time on for which they were planned")
    func due() throws {
        #expect(try planned(due: someInstant) == ["c-1", "c-2"])
        #expect(try planned(due: later) == ["c-1", "c-2", "c-3", "c-4"])
        let open = try #require(try store.read { try $0.openRuns() }.first)
        #expect(open.id == run.id)
        let before = later.advanced(milliseconds: -1)
        #expect(try !store.read { try $0.hasDue(open, in: [.planned], by: before) })
        #expect(try store.read { try $0.hasDue(open, in: [.planned], by: later) })
        #expect(try !store.read { try $0.hasDue(open, in: [.deferred], by: later) })
    }

    @Test("Recipients are found by the domain of their address, and no other that ends like it")
    func domains() throws {
        #expect(try planned(at: .only("gmail.com")) == ["c-2"])
        #expect(try planned(at: .except(["gmail.com"])) == ["c-1", "c-3", "c-4"])
        #expect(try planned(at: .except(["gmail.com", "example.com"])) == ["c-4"])
        #expect(try planned(at: .except([])) == ["c-1", "c-2", "c-3", "c-4"])
    }

    @Test("What a relay was given is counted by day")
    func relayUse() throws {
        #expect(try store.read { try $0.use(ofRelay: "main", at: someInstant) }.firstDay == nil)
        try store.record([
            .mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-2"])),
            .mailIntent(MailIntent(run: run.id, relay: "spare", customers: ["c-3"])),
        ])
        try store.record([.mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-4"]))])
        for _ in 1...2 {
            let use = try store.read { try $0.use(ofRelay: "main", at: someInstant) }
            #expect(use == RelayUse(firstDay: RelayUse.day(of: someInstant), today: 3))
            let tomorrow = someInstant.advanced(milliseconds: 86_400_000)
            #expect(try store.read { try $0.use(ofRelay: "main", at: tomorrow) }.today == 0)
            try store.rebuild()
        }
    }

    private func outcome(
        _ customer: CustomerID, _ result: MailOutcome.Result, attempt: Int, from relay: String
    )
        -> Event
    {
        .mailOutcome(
            MailOutcome(
                run: run.id, customer: customer, result: result, attempt: attempt, reply: "words",
                relay: relay,
                retry: later))
    }

    @Test("What a relay never got takes nothing of its day, and a day on which it got nothing is none")
    func uncounted() throws {
        try store.record([
            .mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-2", "c-3"])),
            outcome("c-1", .withdrawn, attempt: 0, from: "main"),
            outcome("c-2", .deferred, attempt: 0, from: "main"),
        ])
        let day = RelayUse.day(of: someInstant)
        #expect(
            try store.read { try $0.use(ofRelay: "main", at: someInstant) }
                == RelayUse(firstDay: day, today: 1))
        try store.record([outcome("c-3", .deferred, attempt: 0, from: "main")])
        for _ in 1...2 {
            #expect(
                try store.read { try $0.use(ofRelay: "main", at: someInstant) }
                    == RelayUse(firstDay: nil, today: 0))
            try store.rebuild()
        }
    }

    @Test("Who is given back untried is planned as before; the first attempt that counts begins the patience")
    func givenBack() throws {
        let intent = Event.mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-3"]))
        func recipient(_ customer: CustomerID) throws -> RecipientSummary? {
            try store.read { try $0.recipient(customer, of: run.id) }
        }
        try store.record([intent])
        try store.record([
            outcome("c-1", .withdrawn, attempt: 0, from: "main"),
            outcome("c-3", .withdrawn, attempt: 0, from: "main"),
        ])
        #expect(try planned(due: someInstant) == ["c-2"])
        #expect(try planned(due: later) == ["c-1", "c-2", "c-3", "c-4"])
        #expect(try recipient("c-3")?.first == nil)

        try store.record([intent])
        try store.record([
            outcome("c-1", .deferred, attempt: 0, from: "main"),
            outcome("c-3", .deferred, attempt: 1, from: "main"),
        ])
        let unreached = try #require(try recipient("c-1"))
        #expect(unreached.state == .deferred && unreached.attempt == 0)
        // Tried once, it stays deferred when it is given back, and its patience runs on.
        let first = try #require(try recipient("c-3")?.first)
        try store.record([intent])
        try store.record([outcome("c-3", .withdrawn, attempt: 1, from: "main")])
        let again = try #require(try recipient("c-3"))
        #expect(again.state == .deferred && again.attempt == 1 && again.first == first && again.due == later)
    }

    private func outcome(_ customer: CustomerID, _ result: MailOutcome.Result) -> Event {
        .mailOutcome(
            MailOutcome(run: run.id, customer: customer, result: result, attempt: 1, reply: "250 ok"))
    }

    private func known() throws -> [RecipientState: Int] {
        try #require(try store.read { try $0.runs() }.first).counts
    }

    @Test("The counts of an ended run follow what is still recorded of it, and are the same after a rebuild")
    func counts() throws {
        try store.record([.mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-1", "c-2"]))])
        try store.record([outcome("c-1", .accepted), .runCancelled(run.id)])
        #expect(try known() == [.accepted: 1, .intended: 1, .planned: 2])
        // The relay had it when the run was cancelled, and another batch was on its way.
        try store.record([
            outcome("c-2", .deferred),
            .mailIntent(MailIntent(run: run.id, relay: "main", customers: ["c-3"])),
            outcome("c-3", .inDoubt), outcome("c-3", .accepted), outcome("nobody", .accepted),
        ])
        let settled: [RecipientState: Int] = [.accepted: 2, .deferred: 1, .planned: 1]
        #expect(try known() == settled)
        try store.rebuild()
        #expect(try known() == settled)
        try store.record([.runResumed(run.id), outcome("c-2", .refused)])
        #expect(try known() == [.accepted: 2, .refused: 1, .planned: 1])
        try store.record([.runFinished(run.id)])
        #expect(try known() == [.accepted: 2, .refused: 1, .planned: 1])
        let member = TriggeredRecipients.Member(customer: "c-9", event: "order:o-1")
        try store.record([
            .runTriggered(TriggeredRecipients(run: run.id, members: [member])), .runFinished(run.id),
        ])
        #expect(try known() == [.accepted: 2, .refused: 1, .planned: 2])
    }
}
