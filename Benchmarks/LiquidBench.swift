import Foundation

/// Rendering Liquid: the worked newsletter with the repository's templates, and a table of 200 products, beside
/// the reference implementation and two of Python, each on one core with the same templates and data.
enum LiquidBench {
    static func run(_ folder: BenchFolder) throws {
        try run("newsletter", LiquidWork("newsletter", in: folder, json: newsletter()), folder, count: 200)
        try run("table", LiquidWork("table", in: folder, json: table()), folder, count: 200)
    }

    private static func run(_ name: String, _ work: LiquidWork, _ folder: BenchFolder, count: Int) throws {
        print("liquid, \(name), one core; all but Ruby's escape for HTML")
        let size = try work.render().count
        let seconds =
            try medianSeconds(of: 7) { for _ in 0..<count { _ = try work.render() } } / Double(count)
        figure("boon (\(size) bytes)", 1 / seconds, "renderings/s")
        let peers: [(name: String, id: String, measure: () throws -> Peers.Measure)] = [
            ("Ruby's Liquid", "ruby", { try Peers.measure("ruby", "render.rb", work.path) }),
            (
                "python-liquid", "python-liquid",
                { try Peers.measure(folder.python(), "render.py", "liquid", work.path) }
            ),
            ("Jinja2", "jinja2", { try Peers.measure(folder.python(), "render.py", "jinja", work.path) }),
        ]
        let ratios = peers.compactMap { peer in
            Peers.figure(peer.name, "renderings/s", peer.measure).map { (peer.id, $0.seconds / seconds) }
        }
        for (id, value) in ratios { ratio("liquid-\(name)-to-\(id)", value) }
    }

    /// 200 products with a price, a stock and a text each.
    private static func table() -> [String: Any] {
        let products = (1...200).map { number in
            [
                "name": "Coffee number \(number)", "price": "\(number % 40 + 5).50", "stock": number % 7,
                "text": "Roasted on Tuesdays, sweet as a baked pear, from the hills of Huila.",
                "url": "https://kuldnekohv.example/p/\(number)",
            ] as [String: Any]
        }
        let layout = """
            <table>
            {%- for product in products %}
            <tr class="{% cycle 'odd', 'even' %}"><td>{{ forloop.index }}</td>
            <td><a href="{{ product.url }}">{{ product.name | upcase }}</a></td><td>{{ product.text }}</td>
            <td>{{ product.price | append: ' EUR' }}</td>
            <td>{% if product.stock > 3 %}many{% elsif product.stock > 0 %}{{ product.stock }}{% else %}none{% endif %}</td></tr>
            {%- endfor %}
            </table>
            """
        return ["templates": ["layout": layout], "data": ["products": products], "modules": []]
    }
}

// MARK: - The newsletter

extension LiquidBench {
    private static func newsletter() throws -> [String: Any] {
        let modules = worked
        var templates = ["layout": try standard("layout.html.liquid")]
        for name in modules.compactMap({ $0["template"] as? String }) {
            templates[name] = try standard("\(name).html.liquid")
        }
        for name in ["parts/button", "parts/eyebrow"] {
            templates[name] = try standard("\(name).html.liquid")
        }
        return ["templates": templates, "data": try data(), "modules": modules]
    }

    /// A template of the repository with standard filters in the place of those that only Boon has.
    private static func standard(_ name: String) throws -> String {
        [
            ("| points: 'number'", ""), ("| points", "| append: ' beans'"), ("| money", "| append: ' EUR'"),
            ("date: 'long'", "date: '%-d %B %Y'"), ("date: 'full'", "date: '%A %-d %B %Y, %H:%M'"),
            // Ruby's Liquid takes any brace for the end of an output.
            ("'{", "'["), ("}'", "]'"),
        ].reduce(try Peers.text("templates/\(name)")) { text, change in
            text.replacing(change.0, with: change.1)
        }
    }

    private static func data() throws -> [String: Any] {
        [
            "brand": [
                "name": "Kuldne Kohv", "address": "Pikk 1, 10123 Tallinn",
                "url": "https://kuldnekohv.example",
            ],
            "theme": try texts("theme.txt"), "words": try texts("words/en.txt"), "locale": "en", "dir": "ltr",
            "start": "left", "end": "right",
            "campaign": [
                "id": "november-thanks", "name": "November thank-you",
                "subject": "Mari, 145 beans and one big thank-you",
                "preheader": "And fifty more for this year",
            ],
            "customer": [
                "id": "c-1042", "first_name": "Mari", "last_name": "Maasikas", "email": "mari@mail.example",
            ],
            "points": [
                "available": 145, "pending": 30, "unit": "beans", "worth": "7.25",
                "next_reward": [
                    "id": "bag", "text": "A bag of house coffee", "points": 250, "missing": 105,
                    "percent": 58,
                ],
                "expiring": ["points": 40, "at": "2026-12-31 23:59"],
            ],
            "tier": ["name": "green", "earned": 175, "next": "gold", "missing": 75],
            "links": ["unsubscribe", "preferences", "browser"].reduce(into: [:]) { links, page in
                links[page] =
                    "https://news.kuldnekohv.example/\(page)/bm92ZW1iZXItdGhhbmtzAGMtMTA0MgA.kO3yYXc6a8l1"
            } as [String: String],
        ]
    }

    /// `name: text` lines.
    private static func texts(_ file: String) throws -> [String: String] {
        let lines = try Peers.text("templates/\(file)").split(separator: "\n").filter { !$0.hasPrefix("#") }
        return lines.reduce(into: [:]) { texts, line in
            let halves = line.split(separator: ": ", maxSplits: 1)
            if halves.count == 2 { texts[String(halves[0])] = slotted(halves[1]) }
        }
    }

    private static func slotted(_ text: Substring) -> String {
        String(text).replacing("{", with: "[").replacing("}", with: "]")
    }

    /// The modules of `november-thanks` in English.
    private static var worked: [[String: Any]] {
        [
            [
                "template": "modules/proposition", "headline": "Coffee that leaves us the day it is roasted",
                "subheadline": "December’s first roast: Huila, sweet as a baked pear",
                "paragraphs": [
                    "You made this a good year for a small roastery. On Tuesday at six in the morning we roast the last lot.",
                    "The first cup you pour will be the freshest in the street.",
                ],
                "image": [
                    "src": "https://kuldnekohv.example/roast.jpg", "alt": "Beans leaving the roasting drum",
                ],
            ],
            ["template": "modules/loyalty", "show": ["balance", "next_reward", "expiring", "tier"]],
            ["template": "modules/thanks", "gift": ["points": 50]],
            [
                "template": "modules/service", "title": "Shall we wrap it as a present?",
                "url": "https://kuldnekohv.example/wrap",
            ],
            [
                "template": "modules/feedback", "question": "How likely are you to recommend us to a friend?",
                "low": "nps_low", "high": "nps_high",
                "url": "https://news.kuldnekohv.example/survey/bm92ZW1iZXI",
                "scale": (0...10).map { score in
                    [
                        "value": score,
                        "url": "https://news.kuldnekohv.example/survey/bm92ZW1iZXI?score=\(score)",
                    ]
                        as [String: Any]
                },
            ],
        ]
    }
}
