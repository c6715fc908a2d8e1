import Model

/// A mapping whose shape has been checked, read key by key. What is missing or misshapen is nil: the shape's
/// check has told of it.
struct Fields {
    let node: YAMLNode
    let source: SourceText

    /// Where the mapping begins.
    var place: Place { source.place(at: node.offset) }

    /// Where the value of a key begins; the mapping's beginning without such a key.
    func place(of key: String) -> Place {
        source.place(at: node[key]?.offset ?? node.offset)
    }

    /// Where a key stands.
    func place(ofKey key: String) -> Place {
        source.place(at: node.entries.first { $0.key == key }?.keyOffset ?? node.offset)
    }

    /// Whether there is a value.
    func has(_ key: String) -> Bool { node[key] != nil }

    /// The value of a key.
    func value<Value>(_ key: String, _ format: Format<Value>) -> Value? {
        node[key].flatMap { Self.value($0, format) }
    }

    /// The members of a list; those that do not fit are left out.
    func values<Value>(_ key: String, _ format: Format<Value>) -> [Value] {
        node[key]?.list.compactMap { Self.value($0, format) } ?? []
    }

    /// The word of an enumeration.
    func word<Word: RawRepresentable>(_ key: String, as type: Word.Type = Word.self) -> Word?
    where Word.RawValue == String {
        node[key]?.text.flatMap(Word.init(rawValue:))
    }

    /// The mapping under a key.
    func fields(_ key: String) -> Fields? {
        node[key].map { Fields(node: $0, source: source) }
    }

    /// The mappings in the list under a key.
    func list(_ key: String) -> [Fields] {
        node[key]?.list.map { Fields(node: $0, source: source) } ?? []
    }

    /// A text with its places, for whoever parses it.
    func scalar(_ key: String) -> ScalarSource? {
        node[key].flatMap { ScalarSource($0, in: source) }
    }

    /// The texts of a text per language, each with its language; one without a language is for all.
    func texts(_ key: String) -> [(language: String?, text: ScalarSource)] {
        guard let node = node[key] else { return [] }
        if let scalar = ScalarSource(node, in: source) { return [(nil, scalar)] }
        return node.entries.compactMap { entry in
            ScalarSource(entry.value, in: source).map { (entry.key, $0) }
        }
    }

    /// A text per language.
    func localized(_ key: String) -> LocalizedText? {
        let entries = texts(key).filter { !$0.text.text.isEmpty }.map {
            LocalizedText.Entry(language: $0.language, text: $0.text.text, place: $0.text.place)
        }
        return entries.isEmpty ? nil : LocalizedText(entries)
    }

    private static func value<Value>(_ node: YAMLNode, _ format: Format<Value>) -> Value? {
        guard case .scalar(let text, let isPlain) = node.content, isPlain || !format.isUnquoted else {
            return nil
        }
        return format.parse(text)
    }
}
