import Loyalty
import Model
import Testing
import Value

@testable import Campaigns

/// A workspace that uses every part of the format at least once.
enum FullWorkspace {
    static let files: [String: String] = [
        "boon.yaml": """
        brand: { name: Kuldne Kohv, address: "Pikk 1, 10123 Tallinn", url: https://kuldnekohv.example }
        from: Kuldne Kohv <tere@kuldnekohv.example>
        bounce: bounce@kuldnekohv.example
        public_url: https://news.kuldnekohv.example/
        timezone: Europe/Tallinn
        languages: [et, en]
        currency: EUR
        store: store
        limits: { per_customer: 3 per 7 days, per_hour: 50000 }
        relays:
          - relay: main
            url: smtp://127.0.0.1:2525
            tls: none
            username: boon
            password: ${SMTP_PASSWORD}
            connections: 16
            batch: 32
            rate: 100/s
            domains: { Gmail.com: 20/s }
            warm_up: { start: 500/day, double_every: 2 days }
            weight: 2
            smtputf8: yes
          - { relay: spare, url: "smtps://[2001:db8::1]" }
        dkim: { domain: kuldnekohv.example, selector: boon1, key: keys/boon1.pem }
        bounces: { mailbox: imaps://mail.example/INBOX, username: bounce@kuldnekohv.example, password: "${BOUNCE_PASSWORD}", every: 30 seconds }
        web: { listen: 127.0.0.1:8080 }
        tracking: { clicks: yes, opens: no }
        value: { margin: 30 %, months: 24 }
        """,
        "campaigns/letters/thanks.yml": """
        campaign: thanks
        name: November thank-you
        audience: regulars and not at-risk
        reply_to: abi@kuldnekohv.example
        languages: [et, en]
        subject:
          et: "{{ customer.first_name | default: 'Tere' }}, {{ points.available | points }}"
          en: "{{ customer.first_name | default: 'Hello' }}, {{ points.available | points }}"
        preheader: A gift before Christmas
        topic: offers
        schedule:
          every: monday 09:00
          timezone: recipient
          between: 2026-12-01 .. 2026-12-24
          quiet_hours: 21:00-08:00
          late: skip after 6 hours
        limits: { per_customer: 2 per 7 days, per_hour: 20000 }
        in_doubt: resend
        test:
          split: 20%
          variants: [{ subject: Your points }, { preheader: A gift }]
          winner: answers after 4 hours
        modules:
          - proposition:
              headline: { et: Kohv, en: Coffee }
              image: { src: "https://kuldnekohv.example/roast.jpg", alt: Roasting drum }
              when: country == EE
          - loyalty: { show: [balance, next_reward, expiring, tier] }
          - motivational:
              kind: discount
              percent: 15
              code: unique
              valid: 7 days
              minimum_order: 30 EUR
              url: https://kuldnekohv.example/shop
              text: 15 % off your next order
          - knowledge:
              items:
                - { kind: article, title: Brewing at home, url: "https://kuldnekohv.example/brew" }
                - { kind: course, title: Latte art, url: "https://kuldnekohv.example/c", starts: 2026-12-02 18:00 }
          - contest: { contest: free-ticket }
          - feedback: { survey: nps }
          - service: { title: Gift wrap?, url: "https://kuldnekohv.example/wrap" }
          - expert: { name: Mari Maasikas, role: Q-grader, quote: Let it rest. }
          - thanks: { gift: { points: 50 } }
        """,
        "campaigns/segments.yaml": """
        segments:
          regulars: orders.count within 180 days >= 3
          at-risk: rfm in [at_risk, cant_lose]
          coffee-lovers: count(orders where category == coffee within 90 days) >= 2
          finns: country == FI or (country == EE and locale == fi)
          lapsed: last_order older than 90 days and subscribed
          winter-birthdays: birthday within next 14 days
          clickers: clicked any within 30 days and not opened is empty
          promoters: nps == promoter
          rich: points.available >= 500 and ltv >= 200 EUR
          vip: tags contains vip or attributes.plan == "pro"
        """,
        "campaigns/programme.yaml": """
        programme: beans
        unit: { one: { et: uba, en: bean }, many: { et: uba, en: beans } }
        earn:
          - rule: purchase
            per: 1 EUR
            points: 1
            times:
              - { tier: gold, by: 1.25 }
              - { category: espresso, by: 2, between: 2026-12-01 .. 2026-12-24 }
          - { rule: birthday, points: 100 }
          - { rule: survey, survey: nps, points: 20, cap: 1 per 30 days }
          - { rule: referral, points: 200, after: first order of the friend }
          - { rule: challenge, points: 150, when: count(orders within 30 days) >= 4 }
        pending: 14 days
        expire: 12 months, end of month
        tiers:
          window: 12 months
          review: anniversary
          levels: [ { name: green, from: 0 }, { name: gold, from: 500 }, { name: reserve, from: 2500 } ]
        rewards:
          - { reward: espresso, points: 100, gives: coupon, text: A free espresso }
        pay: { points: 100, worth: 1 EUR, minimum: 100 }
        remind: [30 days, 7 days]
        cost_per_point: 0.008 EUR
        """,
        "campaigns/nps.yaml": """
        survey: nps
        every: 90 days
        questions:
          - { id: score, kind: nps, text: How likely are you to recommend us? }
          - { id: why, kind: text, text: Why? }
          - { id: taste, kind: csat, text: And the taste? }
          - { id: effort, kind: ces, text: Was it easy? }
          - { id: one, kind: choice, text: Which?, options: [{ id: a, text: A }, { id: b, text: B }] }
          - { id: all, kind: choices, text: Which?, options: [{ id: a, text: A }, { id: b, text: B }] }
          - { id: value, kind: perceived_value, text: Worth it?, when: after_purchase }
        follow_up:
          promoter: { thank: thanks }
          detractor: { ticket: support, within: 48 hours }
        """,
        "campaigns/free-ticket.yaml": """
        contest: free-ticket
        prize: A free ticket to the coffee fair
        places: 3
        alternates: 5
        opens: 2026-12-01 00:00
        closes: 2026-12-15 23:59
        eligible: country in [EE, LV, LT]
        steps: [ visit, choose, comment ]
        choose: { text: Which fair?, options: [ { id: tallinn, text: Tallinn }, { id: riga, text: Riga } ] }
        share: optional
        terms: No purchase necessary.
        claim_within: 7 days
        """,
    ]

    static func read() -> Definitions {
        Workspace.read(
            files, environment: ["SMTP_PASSWORD": "s3cret", "BOUNCE_PASSWORD": "s3cret too"], onto: [:])
    }
}

@Suite("A full workspace is read")
struct FormatPageTests {
    @Test("Nothing is wrong with it")
    func diagnostics() {
        #expect(FullWorkspace.read().diagnostics == [])
    }

    @Test("The campaign has everything that was written, and defaults for the rest")
    func campaign() throws {
        let campaign = try #require(FullWorkspace.read().campaigns["thanks"])
        #expect(campaign.from == "Kuldne Kohv <tere@kuldnekohv.example>")
        #expect(campaign.answerAddress == "abi@kuldnekohv.example")
        #expect(campaign.audience.description == "regulars and not at-risk")
        #expect(campaign.subject.text(for: "en-GB", default: "et").contains("Hello"))
        #expect(campaign.subject.text(for: "he", default: "et").contains("Tere"))
        #expect(campaign.modules.map(\.kind) == Module.Kind.allCases)
        #expect(campaign.inDoubt == .resend)
        #expect(campaign.limits.perCustomer?.description == "2 per 7 days")
        #expect(campaign.test?.winner.measure == .answers)
        #expect(campaign.schedule?.timezone == .recipient)
        #expect(campaign.place.description == "campaigns/letters/thanks.yml:1:11")
    }

    @Test("The settings have everything that was written")
    func settings() throws {
        let settings = try #require(FullWorkspace.read().settings)
        let relay = try #require(settings.relays.first)
        #expect((relay.host, relay.port, relay.security) == ("127.0.0.1", 2525, .none))
        #expect((relay.username, relay.password) == ("boon", "s3cret"))
        #expect(relay.domains == ["gmail.com": Rate(20, per: .second)])
        #expect(relay.missingVariables.isEmpty)
        #expect((settings.relays[1].host, settings.relays[1].port) == ("2001:db8::1", 465))
        #expect(
            settings.bounces
                == Settings.Bounces(
                    mailbox: "imaps://mail.example/INBOX", username: "bounce@kuldnekohv.example",
                    password: "s3cret too", missingVariables: [], every: 30))
        #expect(settings.publicURL == "https://news.kuldnekohv.example")
        #expect(settings.tracking == Settings.Tracking(clicks: true, opens: false))
        #expect(settings.lifetime == LifetimeValue(margin: 30, months: 24))
    }

    @Test("Only brand, sender and a relay must be said; the rest has defaults")
    func defaults() throws {
        let settings = try #require(Workspace.read([:]).settings)
        #expect(settings.bounce == "tere@kuldnekohv.example")
        #expect(settings.publicURL == "http://127.0.0.1:8080")
        #expect(settings.languages == ["en"])
        #expect((settings.currency, settings.store) == (.euro, "store"))
        #expect(settings.lifetime == LifetimeValue(margin: 100, months: 36))
        #expect(settings.relays[0].security == .startTLS)
        #expect(
            (settings.relays[0].connections, settings.relays[0].batch, settings.relays[0].weight) == (
                8, 64, 1
            ))
    }

    @Test("A variable that the environment lacks is told, and named for whoever sends")
    func secrets() throws {
        let definitions = Workspace.read(FullWorkspace.files, environment: [:], onto: [:])
        let names = ["SMTP_PASSWORD", "BOUNCE_PASSWORD"]
        #expect(definitions.diagnostics.map(\.message) == names.map { "the environment has no \($0)" })
        let settings = try #require(definitions.settings)
        #expect(settings.relays[0].missingVariables == ["SMTP_PASSWORD"])
        #expect(settings.bounces?.missingVariables == ["BOUNCE_PASSWORD"])
    }

    @Test("The programme is what the ledger works with")
    func programme() throws {
        let programme = try #require(FullWorkspace.read().programme)
        #expect(programme.earn.map(\.name) == ["purchase", "birthday", "survey", "referral", "challenge"])
        #expect(programme.expire == .after(try #require(Period("12 months")), endOfMonth: true))
        #expect(programme.tiers?.levels.map(\.name) == ["green", "gold", "reserve"])
        #expect(programme.zone.identifier == "Europe/Tallinn")
        #expect(programme.unit.many[language: "en"] == "beans")
        #expect(programme.rewards[0].text[language: "et"] == "A free espresso")
    }

    @Test("The programme's version changes with its file")
    func version() throws {
        let before = try #require(FullWorkspace.read().programme).version
        var files = FullWorkspace.files
        files["campaigns/programme.yaml"]?.append("\n# another wording\n")
        #expect(try #require(Workspace.read(files, onto: [:]).programme).version != before)
        #expect(before.utf8.count == 8)
    }

    @Test("Survey and contest are read with all their parts")
    func surveyAndContest() throws {
        let definitions = FullWorkspace.read()
        let survey = try #require(definitions.surveys["nps"])
        #expect(survey.questions.map(\.scale) == [0...10, nil, 1...5, 1...7, nil, nil, nil])
        #expect(survey.followUp.detractor?.ticket == "support")
        let contest = try #require(definitions.contests["free-ticket"])
        #expect(contest.steps == [.visit, .choose, .comment])
        #expect(contest.offersSharing)
    }

    @Test("A text that lacks a language is a warning, not an error")
    func missingLanguage() {
        var files = FullWorkspace.files
        files["campaigns/free-ticket.yaml"] = files["campaigns/free-ticket.yaml"]?
            .replacing("prize: A free ticket to the coffee fair", with: "prize: { en: A ticket, fi: Lippu }")
        let definitions = Workspace.read(
            files, environment: ["SMTP_PASSWORD": "", "BOUNCE_PASSWORD": ""], onto: [:])
        #expect(
            definitions.diagnostics.map(\.description) == [
                "campaigns/free-ticket.yaml:2:8: warning: `prize` has no text in `et`\n  hint: those customers read it in `en`",
                "campaigns/free-ticket.yaml:2:24: warning: the text in `fi` is never used\n  hint: the languages are et, en",
            ])
        #expect(!definitions.hasErrors)
    }
}

@Suite("Definitions of several files")
struct SeveralFilesTests {
    @Test(
        "An identifier that is taken is told with both places",
        arguments: [
            ("campaign: welcome\naudience: subscribed\nsubject: A\nmodules: [{ thanks: {} }]", "2"),
            ("segments:\n  vip: subscribed", "segment"),
            ("survey: nps\nquestions: [{ id: a, kind: text, text: A }]", "survey"),
        ])
    func repeated(text: String, what: String) throws {
        let definitions = Workspace.read(["campaigns/z.yaml": text])
        let told = try #require(definitions.diagnostics.first)
        #expect(definitions.diagnostics.count == 1)
        #expect(told.file == "campaigns/z.yaml")
        #expect(told.message.contains("is already defined at campaigns/"))
    }

    @Test("A second programme is one too many")
    func programmes() {
        let text = "programme: more\nunit: { one: a, many: b }\nearn: [{ rule: birthday, points: 1 }]"
        let told = Workspace.read(["campaigns/z.yaml": text]).diagnostics
        #expect(
            told.map(\.description) == [
                "campaigns/z.yaml:1:12: error: the programme is already defined at campaigns/beans.yaml:1:12\n  hint: rename or delete one of them"
            ])
    }

    @Test("A workspace without settings says what it needs")
    func noSettings() {
        let definitions = Workspace.read([:], onto: [:])
        #expect(definitions.settings == nil)
        #expect(definitions.diagnostics.map(\.message) == ["the workspace has no boon.yaml"])
    }

    @Test("All faults of all files are told at once, in the order of files and lines")
    func allAtOnce() {
        let text = "campaign: a\naudience: nobody and\nsubject: [x]\nmodulse: []\nlimits: { per_hour: x }"
        let told = Workspace.read(["campaigns/a.yaml": text, "campaigns/b.yaml": "contest: b"]).diagnostics
        let expected =
            [("a", 1), ("a", 2), ("a", 3), ("a", 4), ("a", 5)] + Array(repeating: ("b", 1), count: 5)
        #expect(told.map { "\($0.file):\($0.line)" } == expected.map { "campaigns/\($0).yaml:\($1)" })
    }

    @Test("A chain of segments that is too long is refused before it is followed")
    func chain() {
        let lines = (0..<20_000).map { "  s\($0): s\($0 + 1)" }.joined(separator: "\n")
        let definitions = Workspace.read(["campaigns/s.yaml": "segments:\n\(lines)\n  s20000: subscribed"])
        #expect(definitions.hasErrors)
    }
}
