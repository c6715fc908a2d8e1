import Model

/// Compares what was written with what may be, and tells every difference.
struct ShapeChecker {
    let source: SourceText
    private(set) var diagnostics = Diagnostics()

    init(_ source: SourceText) {
        self.source = source
    }

    /// Checks a value.
    /// - Parameter name: what messages call it: its key.
    mutating func check(_ node: YAMLNode, against shape: Shape, called name: String) {
        switch shape {
        case .scalar(let scalar): checkScalar(node, scalar, called: name)
        case .list(let element, let atLeast): checkList(node, of: element, atLeast: atLeast, called: name)
        case .object(let object):
            guard checkKeys(of: node, object.keys, called: name) else { return }
            checkChoices(of: node, object, called: name)
        case .names(let key, let value): checkNames(node, key: key, value: value, called: name)
        case .oneKey(let keys): checkOneKey(node, keys, called: name)
        case .variants(let key, let doc, let variants):
            checkVariant(node, key: key, doc: doc, variants, called: name)
        case .localized(let text):
            if node.text != nil { return checkScalar(node, text, called: name) }
            guard case .map = node.content else {
                return error(
                    "`\(name)` is a text, or texts by language, not \(node.description)", at: node.offset,
                    hint: "such as `{ et: Tere, en: Hello }`")
            }
            checkNames(node, key: ScalarShape(Formats.language), value: .scalar(text), called: name)
        }
    }

    private mutating func checkScalar(_ node: YAMLNode, _ shape: ScalarShape, called name: String) {
        if case .scalar(let text, let isPlain) = node.content, shape.accepts(text, isPlain) { return }
        let hint =
            shape.advice
            ?? node.text.flatMap { Nearest.word(to: $0, among: shape.words) }.map { "did you mean `\($0)`?" }
        error("`\(name)` is \(shape.expects), not \(node.description)", at: node.offset, hint: hint)
    }

    private mutating func checkList(_ node: YAMLNode, of element: Shape, atLeast: Int, called name: String) {
        guard case .list(let members) = node.content else {
            return error(
                "`\(name)` is a list, not \(node.description)", at: node.offset,
                hint: "begin each member with `- `, or write `[a, b]`")
        }
        if members.count < atLeast {
            let needed = atLeast == 1 ? "one member" : "\(atLeast) members"
            error("`\(name)` needs at least \(needed)", at: node.offset)
        }
        for member in members { check(member, against: element, called: name) }
    }

    // MARK: Mappings

    /// Unknown, empty and missing keys.
    /// - Returns: whether the node is a mapping at all.
    private mutating func checkKeys(of node: YAMLNode, _ keys: [Shape.Key], called name: String) -> Bool {
        guard case .map(let entries) = node.content else {
            let known = keys.map { "`\($0.name)`" }.joined(separator: ", ")
            error(
                "`\(name)` is a mapping, not \(node.description)", at: node.offset,
                hint: "known keys: \(known)")
            return false
        }
        for entry in entries {
            guard let key = keys.first(where: { $0.name == entry.key }) else {
                error(
                    "unknown key `\(entry.key)`", at: entry.keyOffset,
                    hint: Nearest.hint(for: entry.key, among: keys.map(\.name), called: "keys"))
                continue
            }
            checkValue(of: entry, against: key.shape)
        }
        for key in keys where key.isRequired && !entries.contains(where: { $0.key == key.name }) {
            error("`\(key.name)` is missing in `\(name)`", at: node.offset, hint: key.doc)
        }
        return true
    }

    private mutating func checkValue(of entry: YAMLNode.Entry, against shape: Shape) {
        if case .null = entry.value.content {
            return error(
                "`\(entry.key)` has no value", at: entry.keyOffset, hint: "give it one, or delete the key")
        }
        check(entry.value, against: shape, called: entry.key)
    }

    private mutating func checkChoices(of node: YAMLNode, _ object: Shape.ObjectShape, called name: String) {
        let chosen = node.entries.filter { object.exactlyOne.contains($0.key) }
        if chosen.isEmpty, !object.exactlyOne.isEmpty {
            let choices = object.exactlyOne.map { "`\($0)`" }.joined(separator: ", ")
            error("`\(name)` needs one of \(choices)", at: node.offset)
        }
        let exclusive = node.entries.filter { object.atMostOne.contains($0.key) }
        for group in [chosen, exclusive] {
            for entry in group.dropFirst() {
                error(
                    "`\(entry.key)` cannot stand beside `\(group[0].key)`", at: entry.keyOffset,
                    hint: "keep one of them")
            }
        }
    }

    private mutating func checkNames(
        _ node: YAMLNode, key: ScalarShape, value: Shape, called name: String
    ) {
        guard case .map(let entries) = node.content else {
            return error("`\(name)` is a mapping, not \(node.description)", at: node.offset)
        }
        if entries.isEmpty { error("`\(name)` is empty", at: node.offset) }
        for entry in entries {
            if !key.accepts(entry.key, true) {
                error("a key of `\(name)` is \(key.expects), not `\(entry.key)`", at: entry.keyOffset)
            }
            checkValue(of: entry, against: value)
        }
    }

    private mutating func checkOneKey(_ node: YAMLNode, _ keys: [Shape.Key], called name: String) {
        guard checkKeys(of: node, keys, called: name) else { return }
        guard node.entries.count != 1 else { return }
        error(
            "each member of `\(name)` has exactly one key",
            at: node.entries.dropFirst().first?.keyOffset ?? node.offset,
            hint: "begin the next one with `- `, and indent what belongs to it")
    }

    private mutating func checkVariant(
        _ node: YAMLNode, key: String, doc: String, _ variants: [Shape.Variant], called name: String
    ) {
        let choice = Shape.Key(key, doc, .words(variants.map(\.word)), required: true)
        let written = node[key]?.text
        let variant = variants.first { $0.word == written }
        // Without a known word every key of any variant passes: one mistake, one message.
        let keys = variant?.keys ?? Self.union(of: variants)
        _ = checkKeys(of: node, [choice] + keys, called: name)
    }

    private static func union(of variants: [Shape.Variant]) -> [Shape.Key] {
        var keys: [Shape.Key] = []
        for key in variants.flatMap(\.keys) where !keys.contains(where: { $0.name == key.name }) {
            keys.append(Shape.Key(key.name, key.doc, key.shape))
        }
        return keys
    }

    private mutating func error(_ message: String, at offset: Int, hint: String? = nil) {
        diagnostics.error(message, at: source.place(at: offset), hint: hint)
    }
}
