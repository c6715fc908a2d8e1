import Campaigns
import Model

/// What templates may name: the merge fields of a campaign's texts, and what the layout and the modules see beside
/// them.
struct ScopeNames: Sendable {
    /// Known fields by top-level name; an empty list where any may follow.
    private let fields: [String: [String]]

    /// - Parameters:
    ///   - words: the names of the fixed words.
    ///   - theme: the names of colours and fonts.
    init(words: some Sequence<String>, theme: some Sequence<String>) {
        let own = [
            "words": words.sorted(), "theme": theme.sorted(), "content": [], "start": [], "end": [],
            "module": [
                "amount", "button", "closes", "code", "gift", "headline", "high", "image", "items", "kind",
                "low",
                "minimum_order", "name", "paragraphs", "percent", "prize", "question", "quote", "role",
                "scale",
                "share", "show", "steps", "subheadline", "terms", "text", "title", "url", "valid_until",
            ],
        ]
        fields = MergeFields.known.merging(own) { _, own in own }
    }

    /// What is wrong with a mention.
    /// - Parameter isPartial: whether names of its own may stand at the top, as the parameters of a partial do.
    /// - Returns: nil when nothing is; else a message and a hint.
    func problem(with path: [String], isPartial: Bool) -> (message: String, hint: String?)? {
        guard let top = path.first else { return nil }
        guard let known = fields[top] else {
            guard !isPartial else { return nil }
            let hint = Nearest.hint(for: top, among: fields.keys.sorted(), called: "names")
            return ("nothing is called `\(path.joined(separator: "."))` here", hint)
        }
        guard !known.isEmpty, path.count > 1, !known.contains(path[1]) else { return nil }
        let hint = Nearest.hint(for: path[1], among: known, called: "fields of `\(top)`")
        return ("`\(top)` has no field `\(path[1])`", hint)
    }
}
