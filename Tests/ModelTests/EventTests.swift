import Testing

@testable import Model

@Suite("Records")
struct EventTests {
    static let hostile = "Õ\"\\\u{1}\u{7F}/\u{2028} ילד 🧑‍🍳 e\u{301}\r\n</script>"

    static let samples: [Event] = {
        let now = Timestamp(milliseconds: 1_795_251_600_123)
        var customer = Customer(id: "c-1", email: "mari@näide.example", consent: .subscribed)
        customer.firstName = hostile
        customer.birthday = CalendarDate("2000-02-29")
        customer.acquisitionCost = Money("3.20 EUR")
        customer.tags = ["vip", "b|c"]
        customer.joined = now
        customer.attributes = [hostile: hostile, "plan": "pro"]
        let order = Currency("EUR").map {
            Order(
                id: "o-1", customer: "c-1", at: now, currency: $0,
                lines: [
                    OrderLine(total: 1250, category: "coffee", sku: "A", quantity: 2, cost: 400),
                    OrderLine(total: .max),
                ],
                channel: "web")
        }
        let spent = PointsEntry(
            kind: .spent, customer: "c-1", key: "s-1", points: -.max, occurred: now,
            lots: [.init(lot: "order:o-1", points: .max)], source: "reward:espresso", actor: "Mari",
            reason: hostile)
        let run = Run(campaign: "thanks", occurrence: now, recipients: 2)
        return [
            .customerSaved(customer), .points(spent), .runPlanned(run),
            .runRecipients(run.id, ["c-1", "c-2"]),
            .runRecipients(run.id, ["c-3"], due: now),
            .runPlanned(
                Run(
                    id: "thanks@2026-11-23T09:00", campaign: "thanks", occurrence: now, recipients: 0,
                    definitions: "5be1c0de")),
            .runTriggered(
                .init(
                    run: run.id, members: [.init(customer: "c-1", event: "order:\(hostile)")], reason: hostile
                )),
            .runPlanned(
                Run(campaign: "thanks", occurrence: now, recipients: 2, decides: now, topic: hostile)),
            .runDecided(
                RunDecision(
                    run: run.id, variant: 2, shares: [.init(sent: 100, did: 3), .init(sent: 98, did: 20)],
                    verdict: .clear)),
            .runDecided(RunDecision(run: run.id, variant: nil, shares: [], verdict: .open)),
            .runSkipped(run, reason: hostile),
            .campaignScheduled(.init(campaign: "thanks", schedule: "every monday 09:00", since: now)),
            .runPaused(run.id, reason: hostile), .runHeld(run.id, reason: hostile), .runResumed(run.id),
            .runCancelled(run.id),
            .mailBounced(
                .init(
                    report: "5be1", run: run.id, customer: "c-1", kind: .soft, status: "4.2.2",
                    reply: hostile,
                    occurred: now)),
            .addressSuppressed(
                .init(customer: "c-1", reason: .unknownAddress, detail: hostile, actor: "boon")),
            .addressRestored("c-1", reason: hostile, actor: "Mari"),
            .happened(
                .init(
                    id: "e-1", customer: "c-1", name: "trial_ended", occurred: now,
                    properties: ["plan": hostile])),
            .engaged(
                .init(
                    id: "m-1", customer: "c-1", run: run.id, kind: .clicked,
                    url: "https://shop.example/\(hostile)", occurred: now, via: "import")),
            .engaged(
                .init(
                    id: hostile, customer: "c-1", run: run.id, kind: .opened, url: nil, occurred: now,
                    via: "import"
                )),
            .runFinished(run.id), .mailIntent(.init(run: run.id, relay: "main", customers: ["c-1"])),
            .mailOutcome(
                .init(run: run.id, customer: "c-1", result: .inDoubt, attempt: 3, reply: hostile, retry: now)),
            .answerConfirmed(
                .init(
                    customer: "c-1", survey: "nps", wave: "2026-4", question: "why", value: hostile,
                    occurred: now,
                    via: "desk")),
        ] + (order.map { [.orderSaved($0)] } ?? [])
    }()

    @Test("Every kind of record reads back as it was written", arguments: samples)
    func roundTrip(event: Event) throws {
        var json = JSONWriter()
        event.write(to: &json)
        json.close()
        #expect(try Event(JSONObject(json.bytes[...])) == event)
    }

    @Test("A record of a kind that a newer version writes is named")
    func unknownKind() throws {
        let json = try JSONObject(Array(#"{"type":"points.teleported"}"#.utf8)[...])
        #expect(throws: EventError.unknownKind("points.teleported")) { try Event(json) }
    }

    @Test("A known record that lacks a member is malformed, one with unknown members is not")
    func members() throws {
        let lacking = try JSONObject(Array(#"{"type":"run.finished"}"#.utf8)[...])
        #expect(throws: EventError.malformed("'run' is missing")) { try Event(lacking) }
        let extended = try JSONObject(
            Array(#"{"type":"run.finished","run":"a@b","mood":["good"]}"#.utf8)[...])
        #expect(try Event(extended) == .runFinished("a@b"))
    }
}

@Suite("JSON")
struct JSONObjectTests {
    @Test("Escapes and surrogate pairs are decoded")
    func escapes() throws {
        let json = try JSONObject(
            Array(#" {"a":"\u00e9\ud83d\ude00\n\/\"","n":-12,"l":[1,"x",{}],"z":null} "#.utf8)[...])
        #expect(try json.string("a") == "é😀\n/\"")
        #expect(try json.integer("n") == -12)
        #expect(try json.elements("l").count == 3)
        #expect(try json.string("z") == nil && json.keys == ["a", "n", "l", "z"])
    }

    @Test(
        "What RFC 8259 does not allow is refused with its place",
        arguments: [
            "", "[]", "{", "{}x", #"{"a":1,}"#, #"{"a" 1}"#, #"{"a":01}"#, #"{"a":1.}"#, #"{"a":+1}"#,
            #"{"a":tru}"#,
            #"{"a":"x}"#, "{\"a\":\"\n\"}", #"{"a":1,"a":2}"#, #"{"a":[1 2]}"#, #"{'a':1}"#, #"{"a":"\"#,
            #"{"a":1e}"#,
            String(repeating: #"{"a":"#, count: 100),
        ])
    func refusing(text: String) {
        #expect(throws: JSONError.self) { try JSONObject(Array(text.utf8)[...]) }
    }

    @Test(
        "Half a surrogate, a wrong escape and bytes that are no UTF-8 are not texts",
        arguments: [
            Array(#"{"a":"\ud83d"}"#.utf8), Array(#"{"a":"\ud83d\u0041"}"#.utf8), Array(#"{"a":"\x"}"#.utf8),
            Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8),
        ])
    func texts(bytes: [UInt8]) throws {
        let json = try JSONObject(bytes[...])
        #expect(throws: JSONError.self) { try json.string("a") }
    }

    @Test("Every prefix of a record is refused, never half read")
    func prefixes() {
        let whole = Array(#"{"type":"x","list":[1,{"a":"b\u0041"}],"n":-1.5e3}"#.utf8)
        for length in 0..<whole.count {
            #expect(throws: JSONError.self) { try JSONObject(whole[..<length]) }
        }
    }
}
