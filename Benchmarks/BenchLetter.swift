import Campaigns
import Composing
import Foundation
import Loyalty
import Model

/// The newsletter that is composed for measuring: HTML and text of 30,000 bytes, 12 merge fields in each, one
/// loop, and 10 links that differ for each recipient. The templates stay in what Liquid and Jinja2 have in common.
struct BenchLetter {
    static let now = Timestamp(seconds: 1_795_500_000)
    static let run = NumberedRun("letter@2026-11-24T06:00:00.000Z", number: 1)

    let composer: Composer
    let recipients: [Recipient]

    init() throws {
        var files = try Self.repositoryFiles()
        files["templates/layout.html.liquid"] = Self.layoutHTML
        files["templates/layout.text.liquid"] = Self.layoutText
        files["templates/modules/knowledge.html.liquid"] = Self.moduleHTML
        files["templates/modules/knowledge.text.liquid"] = Self.moduleText
        files["campaigns/letter.yaml"] = LetterCampaign.yaml(Self.items)
        composer = try Self.composer("letter", files: files)
        recipients = try (0..<1000).map(Self.recipient)
    }

    /// The worked example of the repository with its own templates.
    static func workedExample() throws -> Composer {
        try composer("november-thanks", files: repositoryFiles())
    }

    private static func composer(_ campaign: String, files: [String: String]) throws -> Composer {
        let yaml = files.filter { $0.key.hasSuffix(".yaml") }.mapValues { Array($0.utf8) }
        let definitions = Definitions.read(files: yaml, environment: [:])
        guard let campaign = definitions.campaigns[campaign], !definitions.hasErrors,
            let signer = LinkSigner(key: [UInt8](repeating: 7, count: 32))
        else { throw BenchError("the campaign has errors: \(definitions.diagnostics)") }
        return try Composer(
            campaign, definitions: definitions, templates: TemplateLibrary(workspace: nil, builtIn: files),
            signer: signer)
    }

    private static func repositoryFiles() throws -> [String: String] {
        var files = ["boon.yaml": try Peers.text("boon.yaml")]
        for folder in ["templates", "campaigns"] {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(Peers.repository)/\(folder)")
            for path in paths where path.contains(".") {
                files["\(folder)/\(path)"] = try Peers.text("\(folder)/\(path)")
            }
        }
        return files
    }
}

// MARK: - Recipients

extension BenchLetter {
    /// A customer with two orders and five points entries.
    private static func recipient(_ number: Int) throws -> Recipient {
        var customer = Customer(
            id: CustomerID("c-\(number)"), email: "customer\(number)@mail.example", consent: .subscribed)
        (customer.firstName, customer.lastName) = ("Mari\(number % 97)", "Maasikas")
        (customer.city, customer.country, customer.locale) = ("Tallinn", "EE", "en")
        let entries = (0..<5).map { entry in
            PointsEntry(
                kind: .earned, customer: customer.id, key: "purchase:\(entry)", points: 60,
                occurred: daysAgo(300 - entry * 73), activates: daysAgo(286 - entry * 73),
                expires: daysAgo(-40 - entry * 73), source: "order:\(entry)", actor: "boon")
        }
        return Recipient(
            customer: customer, number: Int64(number),
            orders: try (0..<2).map { try order($0, of: customer.id) },
            ledger: try Ledger(customer: customer.id, entries: entries))
    }

    private static func order(_ number: Int, of customer: CustomerID) throws -> Order {
        guard let euro = Currency("EUR") else { throw BenchError("there is no euro") }
        let line = OrderLine(total: 2350, category: "coffee", sku: "HUILA-250", quantity: 2)
        return Order(
            id: OrderID("o-\(number)"), customer: customer, at: daysAgo(60 + number), currency: euro,
            lines: [line])
    }

    private static func daysAgo(_ days: Int) -> Timestamp {
        now.advanced(milliseconds: -Int64(days) * 86_400_000)
    }
}

// MARK: - Templates

extension BenchLetter {
    static let items = LetterCampaign.items(7)

    private static let personal = """
        {{ customer.first_name }} {{ customer.last_name }}, {{ customer.city }}, {{ customer.country }}
        {{ customer.email }}: {{ points.available }} {{ points.unit }}, {{ points.pending }} to come
        {{ tier.name }}, {{ tier.missing }} to the next, with {{ orders.count }} orders of {{ orders.total }},
        known as {{ customer.id }}

        """

    static let layoutText = """
        {{ content | raw }}
        \(personal)
        {{ links.unsubscribe }}
        {{ links.preferences }}
        {{ links.browser }}

        """
        + (1...20).map { "\($0). Roasted on the day it leaves us, and “as sweet as a baked pear”.\n\n" }
        .joined()

    static let layoutHTML = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>{{ customer.first_name }}</title></head>
        <body style="margin:0;padding:0;background:#F3ECE2">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td style="font-size:12px;color:#6F5D50"><a href="{{ links.browser }}">In the browser</a></td></tr>
        <tr><td style="font-size:16px;color:#2C1F17">\(personal)</td></tr>
        {{ content | raw }}
        \(filler)<tr><td><a href="{{ links.unsubscribe }}">Leave</a> <a href="{{ links.preferences }}">Choose</a></td></tr>
        </table></body></html>

        """

    /// As many rows as give HTML and text their 30,000 bytes.
    private static let filler = (1...65).map { number in
        """
        <tr><td class="card pad" bgcolor="#FFFCF7" style="padding:18px 48px;background:#FFFCF7">
        <h2 class="ink" style="margin:0;font-family:Georgia,serif;font-size:24px;color:#2C1F17">Lot \(number)</h2>
        <p class="muted" style="padding-top:8px;font-size:17px;line-height:1.65;color:#6F5D50">The last lot of the
        season from Huila, “as sweet as a baked pear”, roasted on the day it leaves us.</p></td></tr>

        """
    }.joined()

    static let moduleHTML = """
        {% for item in module.items %}<tr><td><a href="{{ item.url }}">{{ item.title }}</a></td></tr>
        {% endfor %}
        """

    static let moduleText = """
        {% for item in module.items %}{{ item.title }}: {{ item.url }}
        {% endfor %}
        """
}
