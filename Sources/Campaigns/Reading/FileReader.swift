import Model

/// What a file takes from `boon.yaml` where it says nothing itself.
struct Defaults: Sendable {
    var from: String
    var languages: [String]
    var timezone: String
    var currency: Currency

    /// What `boon.yaml` says; while it is broken, files are still checked against plain stand-ins.
    init(_ settings: Settings?) {
        from = settings?.from ?? ""
        languages = settings?.languages ?? ["en"]
        timezone = settings?.timezone ?? "UTC"
        currency = settings?.currency ?? .euro
    }
}

/// Reads one file whose YAML and kind are known. Each kind has an extension in a file of its own.
///
/// The shape has been checked before; readers ask only for what the shape does not say. They go on after a
/// mistake, and return nil where a required part is missing.
struct FileReader {
    let source: SourceText
    let root: Fields
    let defaults: Defaults
    var diagnostics = Diagnostics()
    /// What is defined here but could not be read whole.
    var unread = Unread()
    /// The languages that texts are given in.
    var languages: [String]

    init(_ root: YAMLNode, in source: SourceText, defaults: Defaults) {
        (self.source, self.defaults, languages) = (source, defaults, defaults.languages)
        self.root = Fields(node: root, source: source)
    }

    // MARK: Conditions

    /// The condition under a key; an error where it is none.
    mutating func condition(_ key: String, of fields: Fields) -> Condition? {
        fields.scalar(key).flatMap { condition($0) }
    }

    mutating func condition(_ scalar: ScalarSource) -> Condition? {
        guard !scalar.text.isEmpty else { return nil }
        do {
            return try Condition.parse(scalar.text, currency: defaults.currency) { scalar.place(at: $0) }
        } catch {
            for problem in error.all {
                diagnostics.error(problem.message, at: scalar.place(at: problem.offset), hint: problem.hint)
            }
            if let rest = error.rest { unread.conditions.append(rest) }
            return nil
        }
    }

    // MARK: Texts

    /// A text per language; a warning for languages that are missing or not used.
    mutating func texts(_ key: String, of fields: Fields) -> LocalizedText? {
        guard let text = fields.localized(key) else { return nil }
        let missing = languages.filter { !text.covers($0) }
        if !missing.isEmpty {
            let list = missing.map { "`\($0)`" }.joined(separator: ", ")
            diagnostics.warn(
                "`\(key)` has no text in \(list)", at: fields.place(of: key),
                hint:
                    "those customers read it in `\(text.entry(for: nil, default: languages[0])?.language ?? languages[0])`"
            )
        }
        for entry in fields.node[key]?.entries ?? []
        where !languages.contains(where: { Language.sharesPrimary($0, entry.key) }) {
            diagnostics.warn(
                "the text in `\(entry.key)` is never used", at: source.place(at: entry.keyOffset),
                hint: "the languages are \(languages.joined(separator: ", "))")
        }
        return text
    }

    /// A text per language that is a template.
    mutating func template(_ key: String, of fields: Fields) -> LocalizedText? {
        for text in fields.texts(key) { MergeFields.check(text.text, into: &diagnostics) }
        return texts(key, of: fields)
    }

    // MARK: Links

    /// A link; a warning where it is not https.
    mutating func link(_ key: String, of fields: Fields) -> String? {
        guard let url = fields.value(key, Formats.url) else { return nil }
        if !url.hasPrefix("https://") {
            diagnostics.warn(
                "`\(key)` is not an https address", at: fields.place(of: key), hint: "write `https://`")
        }
        return url
    }

    // MARK: Dates

    /// Two dates in order.
    mutating func dateRange(_ key: String, of fields: Fields) -> DateRange? {
        guard let range = fields.value(key, Formats.dateRange) else { return nil }
        if range.first > range.last {
            diagnostics.error(
                "`\(key)` ends before it begins", at: fields.place(of: key),
                hint: "write the earlier date first")
        }
        return range
    }

    /// Tells of a value that stands twice in a list where each may stand once.
    mutating func refuseRepeats(_ names: [(name: String, place: Place)], called kind: String) {
        var seen: [String: Place] = [:]
        for (name, place) in names {
            guard let first = seen.updateValue(place, forKey: name) else { continue }
            diagnostics.error(
                "the \(kind) `\(name)` is there twice", at: place,
                hint: "the first one is in line \(first.line)")
        }
    }

    /// The members of a list of words with their places.
    func words(_ key: String, of fields: Fields) -> [(name: String, place: Place)] {
        (fields.node[key]?.list ?? []).compactMap { node in
            node.text.map { ($0, source.place(at: node.offset)) }
        }
    }
}
