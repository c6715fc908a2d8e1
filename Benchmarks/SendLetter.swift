import Foundation

/// The newsletter that is sent for measuring, in as much of Liquid as Jinja2 has too, so that Boon and its peers
/// send the same.
struct SendLetter: Encodable {
    /// The sizes that are measured, in bytes of a whole message.
    enum Size: Int, CaseIterable {
        case large = 30_000
        case small = 2_000

        /// As many rows and lines as give the message its size.
        fileprivate var rows: Int { self == .large ? 64 : 0 }
        fileprivate var lines: Int { self == .large ? 24 : 12 }
        fileprivate var items: Int { self == .large ? 7 : 1 }
    }

    let subject = LetterCampaign.subject
    let items: [LetterCampaign.Item]
    let layoutHTML: String
    let layoutText: String
    let moduleHTML = """
        {% for item in module.items %}<tr><td><a href="{{ item.url }}">{{ item.title }}</a></td></tr>
        {% endfor %}
        """
    let moduleText = """
        {% for item in module.items %}{{ item.title }}
        {% endfor %}
        """
    let now = 1_795_500_000
    /// What peers fill in; Boon reads its customers from the store.
    let customers: [[String: [String: String]]]

    init(_ size: Size) {
        items = LetterCampaign.items(size.items)
        layoutHTML = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{ customer.first_name }}</title></head>
            <body style="margin:0;padding:0"><table>
            <tr><td>\(Self.personal)</td></tr>
            {{ content | raw }}
            \((0..<size.rows).map(Self.row).joined())<tr><td><a href="{{ links.unsubscribe }}">Leave</a></td></tr>
            </table></body></html>

            """
        layoutText =
            "{{ content | raw }}\n\(Self.personal)\n{{ links.unsubscribe }}\n"
            + (0..<size.lines).map { "\($0). Roasted on the day it leaves us.\n\n" }.joined()
        customers = (0..<1000).map { number in
            let fields = Dictionary(uniqueKeysWithValues: zip(Self.columns, Self.fields(number)))
            return ["customer": fields]
        }
    }

    private static let personal =
        "{{ customer.first_name }} {{ customer.last_name }}, {{ customer.city }}, known as {{ customer.id }}"

    private static func row(_ number: Int) -> String {
        """
        <tr><td class="card pad" bgcolor="#FFFCF7" style="padding:18px 48px;background:#FFFCF7">
        <h2 class="ink" style="margin:0;font-family:Georgia,serif;font-size:24px;color:#2C1F17">Lot \(number)</h2>
        <p class="muted" style="padding-top:8px;font-size:17px;line-height:1.65;color:#6F5D50">The last lot of the
        season from Huila, as sweet as a baked pear, roasted on the day it leaves us.</p></td></tr>

        """
    }

    private static let columns = ["id", "email", "first_name", "last_name", "country", "city"]

    private static func fields(_ number: Int) -> [String] {
        [
            "c-\(number)", "customer\(number)@mail.example", "Mari\(number % 977)", "Maasikas", "EE",
            "Tallinn",
        ]
    }
}

// MARK: - As a workspace

extension SendLetter {
    /// Writes the workspace's files, the customers to import among them.
    func write(to folder: String, customers count: Int) throws {
        let files = [
            "campaigns/letter.yaml": LetterCampaign.yaml(items), "templates/layout.html.liquid": layoutHTML,
            "templates/layout.text.liquid": layoutText, "templates/modules/knowledge.html.liquid": moduleHTML,
            "templates/modules/knowledge.text.liquid": moduleText, "customers.csv": Self.table(count),
        ]
        for (name, text) in files {
            let file = URL(filePath: "\(folder)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    private static func table(_ count: Int) -> String {
        var text = (columns + ["locale", "consent"]).joined(separator: ",") + "\n"
        for number in 0..<count {
            // A multiplicative order, so that identifiers do not come sorted; 7,919 divides no count in use.
            let fields = fields(number * 7_919 % count) + ["en", "subscribed"]
            text += fields.joined(separator: ",") + "\n"
        }
        return text
    }
}
