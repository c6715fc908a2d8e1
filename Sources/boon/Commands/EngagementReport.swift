import Model
import Recording

/// What the customers of a run did with its mail, as people and programs read it.
struct EngagementReport: Encodable {
    private struct Count: Encodable {
        /// Each counted once.
        let customers: Int
        let times: Int

        init(_ count: RunEngagement.Count) {
            (customers, times) = (count.customers, count.times)
        }
    }

    private struct Link: Encodable {
        let url: String
        let clicks: Count
    }

    private let clicked: Count?
    private let opened: Count?
    /// Those that most customers clicked.
    private let links: [Link]

    /// Links that are named.
    private static let named = 10

    /// - Returns: nil for a run of which nothing is known to have been opened or clicked.
    init?(of run: RunID, in view: IndexView) throws {
        guard let known = try view.engagement(with: run, links: Self.named) else { return nil }
        clicked = known.counts[.clicked].map(Count.init)
        opened = known.counts[.opened].map(Count.init)
        links = known.links.map { Link(url: $0.url, clicks: Count($0.clicks)) }
    }

    func print() {
        Console.print()
        Console.heading("Clicked and opened")
        for (word, count) in [("clicked", clicked), ("opened", opened)] {
            guard let count else { continue }
            Console.print(
                "  \(word.column(11))by \(counted(count.customers, "customer")), \(counted(count.times, "time"))"
            )
        }
        for link in links { Console.print("  \(grouped(link.clicks.customers).column(11))\(link.url)") }
    }
}
