/// A YAML value and where it begins. There are no anchors, aliases and tags here: reading refuses them.
struct YAMLNode: Sendable {
    /// What a node holds.
    enum Content: Sendable {
        /// Nothing, `~` or `null`.
        case null
        /// A text. One that stands without quotes may be meant as a number or a boolean.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case map([Entry])
    }

    /// A key and its value.
    struct Entry: Sendable {
        var key: String
        /// Byte offset of the key.
        var keyOffset: Int
        var value: YAMLNode
    }

    var content: Content
    /// Byte offset of its first byte in the source.
    var offset: Int

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The members of a list; empty for anything else.
    var list: [YAMLNode] {
        if case .list(let nodes) = content { nodes } else { [] }
    }

    /// The members of a mapping; empty for anything else.
    var entries: [Entry] {
        if case .map(let entries) = content { entries } else { [] }
    }

    /// The value of a key; nil also where it is null.
    subscript(key: String) -> YAMLNode? {
        guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
        if case .null = value.content { return nil }
        return value
    }

    /// In words, for a message: what was found instead.
    var description: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text, _): "`\(text.count > 40 ? text.prefix(40) + "…" : text)`"
        case .list: "a list"
        case .map: "a mapping"
        }
    }
}
