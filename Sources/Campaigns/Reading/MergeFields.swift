import Liquid
import Model

/// What the texts of a campaign may name in `{{ }}`.
package enum MergeFields {
    /// Fields by top-level name; an empty list where any may follow. Templates are offered these and no others.
    package static let known: [String: [String]] = [
        "brand": ["name", "address", "url"],
        "campaign": ["id", "name", "subject", "preheader"],
        "customer": customer,
        "points": ["available", "pending", "unit", "worth", "next_reward", "expiring"],
        "tier": ["name", "earned", "next", "missing"],
        "rewards": ["first", "last", "size"],
        "orders": ["count", "total", "first", "last"],
        "links": ["unsubscribe", "preferences", "browser"],
        "module": [], "now": [], "locale": [], "dir": [],
    ]

    /// What the customer may read of themselves: not what winning them cost, nor the word of their consent.
    private static let customer =
        CustomerField.allCases.filter { $0 != .acquisitionCost && $0 != .consent }.map(\.rawValue)
        + ["name", "attributes"]

    /// The host's filters by name, so that texts using them parse. Texts are only parsed here, never rendered.
    private static let environment = Environment(
        escaping: .none,
        filters: ["money", "points", "date"].map { name in Filter(name, arity: 0...1) { input, _, _ in input }
        })

    /// Tells of templates that cannot be parsed, and of merge fields that do not exist.
    static func check(_ scalar: ScalarSource, into diagnostics: inout Diagnostics) {
        // Most texts are plain; parsing those would find nothing.
        guard scalar.text.utf8.contains(UInt8(ascii: "{")) else { return }
        do {
            let template = try Template(
                parsing: scalar.text, name: scalar.source.path, environment: environment)
            for mention in template.variables {
                guard let problem = problem(with: mention.path) else { continue }
                let offset = scalar.text.utf8Offset(line: mention.line, column: mention.column)
                diagnostics.warn(problem.message, at: scalar.place(at: offset), hint: problem.hint)
            }
        } catch let error as LiquidError {
            let offset = scalar.text.utf8Offset(line: error.line, column: error.column)
            diagnostics.error("in the template: \(error.message)", at: scalar.place(at: offset))
        } catch {
            diagnostics.error("the template cannot be read: \(error)", at: scalar.place)
        }
    }

    /// What is wrong with a mention: a message and a hint; nil when nothing is.
    static func problem(with path: [String]) -> (message: String, hint: String?)? {
        guard let top = path.first else { return nil }
        guard let fields = known[top] else {
            let hint = Nearest.hint(for: top, among: known.keys.sorted(), called: "merge fields")
            return ("unknown merge field `\(path.joined(separator: "."))`", hint)
        }
        guard path.count > 1, !fields.isEmpty, !fields.contains(path[1]) else { return nil }
        let hint = Nearest.hint(for: path[1], among: fields, called: "fields of `\(top)`")
        return ("unknown merge field `\(top).\(path[1])`", hint)
    }
}

extension String {
    /// The byte offset of a line, ended by LF, and a character in it, both from 1; held inside the text.
    fileprivate func utf8Offset(line: Int, column: Int) -> Int {
        var start = utf8.startIndex
        for _ in 1..<max(line, 1) {
            guard let end = utf8[start...].firstIndex(of: 0x0A) else { return utf8.count }
            start = utf8.index(after: end)
        }
        let index = self[start...].index(start, offsetBy: max(column - 1, 0), limitedBy: endIndex) ?? endIndex
        return utf8.distance(from: utf8.startIndex, to: index)
    }
}
