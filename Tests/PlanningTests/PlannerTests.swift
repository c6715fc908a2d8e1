import Campaigns
import Foundation
import Model
import Planning
import Recording
import Testing

@Suite("The planner")
struct PlannerTests {
    private let shop: Shop

    init() throws {
        shop = try Shop()
    }

    @Test("An occurrence is planned once, whoever looks and however often, with a turn for each zone")
    func once() throws {
        try shop.customer("c-1")
        try shop.customer("c-2", zone: "America/New_York")
        try shop.customer("c-3", zone: "Mars/Olympus")
        try shop.customer("c-4", zone: "Asia/Tokyo", consent: .unsubscribed)
        let lines = "schedule: { every: monday 09:00, timezone: recipient }"
        var planner = try shop.planner(lines)
        #expect(try planner.tick(now: instant("2026-11-20T12:00:00Z")).planned.isEmpty)
        // Nobody subscribed lives in Tokyo, but somebody does.
        let now = try instant("2026-11-23T00:00:00Z")
        #expect(try planner.tick(now: now.advanced(milliseconds: -1)).planned.isEmpty)
        #expect(try planner.tick(now: now).planned == ["c0@2026-11-23T09:00"])
        #expect(try planner.tick(now: now).planned.isEmpty)
        var another = try shop.planner(lines)
        #expect(try another.tick(now: now.advanced(milliseconds: 3_600_000)).planned.isEmpty)
        let due = try shop.store.read { view in
            try view.recipients(of: "c0@2026-11-23T09:00", in: [.planned], limit: 10).map {
                "\($0.customer) \($0.due.map { "\($0)" } ?? "")"
            }
        }
        #expect(
            due == [
                "c-1 2026-11-23T07:00:00.000Z", "c-2 2026-11-23T14:00:00.000Z",
                "c-3 2026-11-23T07:00:00.000Z",
            ])
    }

    @Test("An occurrence that nobody gets is recorded with its reason")
    func nobody() throws {
        try shop.customer("c-1", consent: .unsubscribed)
        var planner = try shop.planner(
            "schedule: { every: monday 09:00 }", "schedule: { every: monday 09:00, late: skip }")
        _ = try planner.tick(now: instant("2026-11-20T12:00:00Z"))
        let skipped = try planner.tick(now: instant("2026-11-23T08:00:00Z")).skipped
        #expect(skipped.map(\.run) == ["c0@2026-11-23T09:00+02:00", "c1@2026-11-23T09:00+02:00"])
        #expect(
            skipped.map(\.reason) == [
                "nobody is in the audience", "its time had passed by more than `late` allows",
            ])
        let summary = try shop.summary("c1@2026-11-23T09:00+02:00")
        #expect(summary.state == .skipped && summary.reason == skipped[1].reason && summary.ended != nil)
    }

    @Test(
        "Recipients who are late or whose next occurrence is due as soon are left out of the run, with the reason"
    )
    func partly() throws {
        try shop.customer("c-1", zone: "Asia/Tokyo")
        try shop.customer("c-2", zone: "America/New_York")
        var planner = try shop.planner(
            "schedule: { every: monday 09:00, timezone: recipient, late: skip after 3 hours }")
        _ = try planner.tick(now: instant("2026-11-20T12:00:00Z"))
        #expect(try planner.tick(now: instant("2026-11-23T07:00:00Z")).planned == ["c0@2026-11-23T09:00"])
        #expect(try shop.recipients(of: "c0@2026-11-23T09:00") == ["c-1 skipped", "c-2 planned"])
        #expect(try shop.summary("c0@2026-11-23T09:00").run.recipients == 2)
    }

    @Test(
        "A new schedule sends nothing for what was before it, and a changed one waits until the old one is done"
    )
    func changed() throws {
        try shop.customer("c-1")
        try shop.customer("c-2", zone: "America/New_York")
        var planner = try shop.planner("schedule: { every: monday 09:00, timezone: recipient }")
        #expect(try planner.tick(now: instant("2026-11-17T12:00:00Z")).planned.isEmpty)
        _ = try planner.tick(now: instant("2026-11-23T07:00:00Z"))
        var edited = try shop.planner("schedule: { every: monday 10:00, timezone: recipient }")
        for hour in 0..<48 {
            let now = try instant("2026-11-23T07:30:00Z").advanced(milliseconds: Int64(hour) * 3_600_000)
            #expect(try edited.tick(now: now).planned.isEmpty)
        }
        #expect(try edited.tick(now: instant("2026-11-30T08:00:00Z")).planned == ["c0@2026-11-30T10:00"])
    }

    @Test(
        "A clock that falls back by ten years and is right again sends nothing from before the schedule began"
    )
    func wrongClock() throws {
        try shop.customer("c-1", joined: instant("2020-05-01T12:00:00Z"))
        var planner = try shop.planner("schedule: { after: joined + 2 hours, late: send }")
        let now = try instant("2026-11-20T12:00:00Z")
        #expect(try planner.tick(now: now).planned.isEmpty)
        #expect(try planner.tick(now: instant("2016-11-20T12:00:00Z")).planned.isEmpty)
        #expect(try planner.tick(now: now.advanced(milliseconds: 3_600_000)).planned.isEmpty)
        // What comes later is sent, also after another such fall, and with an index made anew.
        #expect(try planner.tick(now: instant("2016-11-21T12:00:00Z")).planned.isEmpty)
        #expect(try shop.store.rebuild() > 0)
        try shop.customer("c-2", joined: now)
        let run = try planner.tick(now: now.advanced(milliseconds: 3 * 3_600_000)).planned
        #expect(run == ["c0@2026-11-20"])
        #expect(try shop.recipients(of: "c0@2026-11-20") == ["c-2 planned"])
    }

    @Test("A schedule that a clock ten years ahead has seen first begins when it is right")
    func seenAhead() throws {
        try shop.customer("c-1")
        var planner = try shop.planner("schedule: { every: monday 09:00 }")
        _ = try planner.tick(now: instant("2036-11-20T12:00:00Z"))
        #expect(try planner.tick(now: instant("2026-11-20T12:00:00Z")).planned.isEmpty)
        let run = try planner.tick(now: instant("2026-11-23T07:00:00Z")).planned
        #expect(run == ["c0@2026-11-23T09:00+02:00"])
    }

    @Test("Birthdays are planned for whom it is that day, 29 February on the 28th in a year that lacks it")
    func birthdays() throws {
        try shop.customer("c-1", birthday: "2000-02-29")
        try shop.customer("c-2", birthday: "1990-02-28")
        try shop.customer("c-3", birthday: "1990-03-01")
        try shop.customer("c-4", birthday: "1990-02-28", consent: .pending)
        var planner = try shop.planner("schedule: { on: birthday 08:00 }")
        _ = try planner.tick(now: instant("2027-02-25T12:00:00Z"))
        _ = try planner.tick(now: instant("2027-02-28T06:00:00Z"))
        #expect(try shop.recipients(of: "c0@2027-02-28T08:00+02:00") == ["c-1 planned", "c-2 planned"])
        _ = try planner.tick(now: instant("2028-02-28T06:00:00Z"))
        #expect(try shop.recipients(of: "c0@2028-02-28T08:00+02:00") == ["c-2 planned"])
        _ = try planner.tick(now: instant("2028-02-29T06:00:00Z"))
        #expect(try shop.recipients(of: "c0@2028-02-29T08:00+02:00") == ["c-1 planned"])
    }

    @Test(
        "An order makes a recipient of the day's run, two orders of one day two mails, and one told twice still one"
    )
    func orders() throws {
        try shop.customer("c-1")
        try shop.customer("c-2", consent: .unsubscribed)
        var planner = try shop.planner("schedule: { after: order + 3 days }")
        let start = try instant("2026-11-20T12:00:00Z")
        _ = try planner.tick(now: start)
        try shop.order("o-2", by: "c-1", at: start.advanced(milliseconds: 7_200_000))
        try shop.order("o-1", by: "c-1", at: start.advanced(milliseconds: 3_600_000))
        try shop.order("o-3", by: "c-2", at: start.advanced(milliseconds: 3_600_000))
        try shop.order("o-0", by: "c-1", at: start.advanced(milliseconds: -100 * 86_400_000))
        let now = try instant("2026-11-23T14:00:00Z")
        #expect(try planner.tick(now: now.advanced(milliseconds: -3_600_001)).planned.isEmpty)
        #expect(Set(try planner.tick(now: now).planned) == ["c0@2026-11-23", "c0@2026-11-23.2"])
        #expect(try shop.recipients(of: "c0@2026-11-23") == ["c-1 planned", "c-2 skipped"])
        #expect(try shop.recipients(of: "c0@2026-11-23.2") == ["c-1 planned"])
        try shop.order("o-1", by: "c-1", at: start.advanced(milliseconds: 3_600_000))
        var another = try shop.planner("schedule: { after: order + 3 days }")
        #expect(try another.tick(now: now.advanced(milliseconds: 60_000)).planned.isEmpty)
        // One that comes late joins the run, which had ended.
        try shop.store.record([.runFinished("c0@2026-11-23")])
        try shop.customer("c-3")
        try shop.order("o-9", by: "c-3", at: start.advanced(milliseconds: 60_000))
        #expect(try another.tick(now: now.advanced(milliseconds: 120_000)).planned == ["c0@2026-11-23"])
        let summary = try shop.summary("c0@2026-11-23")
        #expect(summary.state == .open && summary.ended == nil && summary.run.recipients == 3)
        #expect(try shop.store.rebuild() > 0)
        #expect(try shop.summary("c0@2026-11-23") == summary)
        #expect(try another.tick(now: now.advanced(milliseconds: 180_000)).planned.isEmpty)
    }

    @Test(
        "What happens after the day's run was cancelled makes another one, and nobody is left in the cancelled one"
    )
    func afterCancel() throws {
        for number in 1...3 { try shop.customer("c-\(number)") }
        var planner = try shop.planner("schedule: { after: order }")
        let start = try instant("2026-11-20T12:00:00Z")
        _ = try planner.tick(now: start)
        for (number, run) in [RunID("c0@2026-11-20"), "c0@2026-11-20.2", "c0@2026-11-20.3"].enumerated() {
            let now = start.advanced(milliseconds: Int64(number + 1) * 60_000)
            try shop.order("o-\(number)", by: "c-\(number + 1)", at: now)
            #expect(try planner.tick(now: now).planned == [run])
            #expect(try shop.recipients(of: run) == ["c-\(number + 1) planned"])
            try shop.store.record([.runCancelled(run)])
        }
    }

    @Test(
        "Everything that can happen is followed once",
        arguments: ["order", "first order", "joined", "answer", "trial_ended"])
    func kinds(happening: String) throws {
        let start = try instant("2026-11-20T12:00:00Z")
        let occurred = start.advanced(milliseconds: 60_000)
        var planner = try shop.planner("schedule: { after: \(happening) + 1 hour, late: send }")
        _ = try planner.tick(now: start)
        try shop.customer("c-1", joined: occurred)
        try shop.order("o-1", by: "c-1", at: occurred)
        try shop.order("o-0", by: "c-1", at: start.advanced(milliseconds: -86_400_000))
        for question in ["score", "why"] {
            try shop.store.record([
                .answerConfirmed(
                    Answer(
                        customer: "c-1", survey: "nps", wave: "2026-Q4", question: question, value: "9",
                        occurred: occurred, via: "desk"))
            ])
        }
        let event = CustomerEvent(id: "e-1", customer: "c-1", name: "trial_ended", occurred: occurred)
        try shop.store.record([.happened(event), .happened(event)])
        let now = start.advanced(milliseconds: 2 * 3_600_000)
        // The first order was before the campaign was there.
        let expected: [RunID] = happening == "first order" ? [] : ["c0@2026-11-20"]
        #expect(try planner.tick(now: now).planned == expected)
        #expect(try planner.tick(now: now.advanced(milliseconds: 60_000)).planned.isEmpty)
    }

    @Test(
        "What is told more than a month late is followed within a day where late says so, and by a new planner at once"
    )
    func toldLate() throws {
        let lines = "schedule: { after: order + 1 day, late: send }"
        let (start, day) = (try instant("2026-11-20T12:00:00Z"), Int64(86_400_000))
        var planner = try shop.planner(lines)
        _ = try planner.tick(now: start)
        let now = start.advanced(milliseconds: 60 * day)
        #expect(try planner.tick(now: now).planned.isEmpty)
        try shop.customer("c-1")
        try shop.order("o-1", by: "c-1", at: start.advanced(milliseconds: 1000))
        try shop.order("o-2", by: "c-1", at: now.advanced(milliseconds: -20 * day))
        let next = now.advanced(milliseconds: 60_000)
        #expect(try planner.tick(now: next).planned == ["c0@2027-01-19"])
        try shop.order("o-3", by: "c-1", at: start.advanced(milliseconds: 2000))
        #expect(try planner.tick(now: next.advanced(milliseconds: 1)).planned.isEmpty)
        #expect(
            try planner.tick(now: now.advanced(milliseconds: day)).planned == [
                "c0@2027-01-20", "c0@2027-01-20.2",
            ])
        try shop.order("o-4", by: "c-1", at: start.advanced(milliseconds: 3000))
        var another = try shop.planner(lines)
        let last = now.advanced(milliseconds: day + 1)
        #expect(try planner.tick(now: last).planned.isEmpty)
        #expect(try another.tick(now: last).planned == ["c0@2027-01-20.3"])
    }

    @Test("After an interruption late says who is still sent to; a run by hand waits for ever")
    func interrupted() throws {
        try shop.customer("c-1")
        try shop.customer("c-2", zone: "America/New_York")
        var planner = try shop.planner(
            "schedule: { every: monday 09:00, timezone: recipient, late: skip after 3 hours }")
        _ = try planner.tick(now: instant("2026-11-20T12:00:00Z"))
        _ = try planner.tick(now: instant("2026-11-23T07:00:00Z"))
        let byHand = Run(campaign: "c0", occurrence: try instant("2026-11-21T07:00:00Z"), recipients: 1)
        try shop.store.record([.runPlanned(byHand), .runRecipients(byHand.id, ["c-1"])])
        // The store's clock stands at 2026-11-21, so what counts is when they were due.
        #expect(try planner.dropInterrupted(now: instant("2026-11-23T09:59:00Z")) == 0)
        #expect(try planner.dropInterrupted(now: instant("2026-11-23T16:00:00Z")) == 1)
        #expect(try shop.recipients(of: "c0@2026-11-23T09:00") == ["c-1 skipped", "c-2 planned"])
        #expect(try shop.recipients(of: byHand.id) == ["c-1 planned"])
    }

    @Test("With 200 campaigns and nothing due, a look costs no more than asking what there is")
    func idle() throws {
        try shop.customer("c-1")
        let schedules = (0..<200).map { number in
            switch number % 4 {
            case 0: "schedule: { every: monday 09:00, timezone: recipient, quiet_hours: 21:00-08:00 }"
            case 1: "schedule: { cron: \"0 9 1 * *\" }"
            case 2: "schedule: { after: order + 3 days }"
            default: "schedule: { on: birthday 08:00, timezone: recipient }"
            }
        }
        let texts = schedules.enumerated().map { number, lines in
            "audience: subscribed\nsubject: News\nmodules: [{ thanks: {} }]\ncampaign: c\(number)\n\(lines)"
        }
        var planner = Planner(store: shop.store, definitions: try .shop(texts), home: shop.home)
        let now = try instant("2026-11-20T12:00:00Z")
        _ = try planner.tick(now: now)
        let wake = try #require(try planner.tick(now: now.advanced(milliseconds: 1000)).wake)
        #expect(wake > now)
        let before = try shop.store.read { try $0.runs() }.count
        let tick = try planner.tick(now: now.advanced(milliseconds: 60_000))
        #expect(tick.planned.isEmpty && tick.skipped.isEmpty)
        #expect(try shop.store.read { try $0.runs() }.count == before)
    }
}
