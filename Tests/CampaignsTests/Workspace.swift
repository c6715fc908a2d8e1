import Campaigns

/// Files of a workspace in memory, for tests.
enum Workspace {
    static let settings = """
        brand: { name: Kuldne Kohv, address: "Pikk 1, 10123 Tallinn" }
        from: Kuldne Kohv <tere@kuldnekohv.example>
        timezone: Europe/Tallinn
        relays:
          - { relay: main, url: "smtp://127.0.0.1:2525" }
        """

    /// One good definition of each kind, for others to refer to.
    static let good: [String: String] = [
        "boon.yaml": settings,
        "campaigns/welcome.yaml": """
        campaign: welcome
        audience: subscribed
        subject: Welcome
        modules: [{ thanks: {} }]
        """,
        "campaigns/segments.yaml": """
        segments:
          regulars: orders.count within 180 days >= 3
          vip: tags contains vip
        """,
        "campaigns/beans.yaml": """
        programme: beans
        unit: { one: bean, many: beans }
        earn: [{ rule: purchase, per: 1 EUR, points: 1 }]
        tiers:
          window: 12 months
          levels: [{ name: green, from: 0 }, { name: gold, from: 500 }]
        rewards: [{ reward: espresso, points: 100, gives: coupon, text: An espresso }]
        """,
        "campaigns/nps.yaml": """
        survey: nps
        questions: [{ id: score, kind: nps, text: "Recommend us?" }]
        """,
        "campaigns/fair.yaml": """
        contest: free-ticket
        prize: A ticket
        opens: 2026-12-01 00:00
        closes: 2026-12-15 23:59
        steps: [visit]
        terms: No purchase necessary.
        """,
    ]

    /// Reads the good files with some replaced or added.
    static func read(
        _ files: [String: String], environment: [String: String] = [:], onto base: [String: String] = good
    ) -> Definitions {
        let all = base.merging(files) { $1 }
        return Definitions.read(files: all.mapValues { Array($0.utf8) }, environment: environment)
    }
}
