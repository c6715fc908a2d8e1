import Yams

/// Reads one YAML file into nodes, on which it insists: UTF-8 of at most 1 MB, one document, no aliases, no
/// tags, no key twice, at most 32 levels. The only file that knows the YAML library.
enum YAMLReader {
    /// The largest file that is read, in bytes.
    static let maximumSize = 1_048_576
    /// How deep values may nest.
    static let maximumDepth = 32

    /// What is wrong with a file as YAML, and where.
    struct Problem: Error {
        var message: String
        var hint: String?
        /// Byte offset in the source.
        var offset: Int
    }

    /// The root of the document.
    /// - Throws: `Problem`, the first one: YAML that is broken cannot be read any further.
    static func read(_ source: SourceText) throws(Problem) -> YAMLNode {
        try YAMLGuard.check(source)
        let root: Node?
        do {
            // Without the library's resolver: it would guess at types with a dozen regular expressions a key.
            root = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw problem(error, in: source)
        } catch {
            throw Problem(message: "this is not YAML: \(error)", offset: 0)
        }
        guard let root else { throw Problem(message: "the file is empty", offset: 0) }
        return try convert(root, in: source, depth: 1)
    }

    private static func convert(_ node: Node, in source: SourceText, depth: Int) throws(Problem) -> YAMLNode {
        let offset = node.mark.map { source.offset(line: $0.line, column: $0.column) } ?? 0
        guard depth <= maximumDepth else {
            throw Problem(message: "values nest deeper than \(maximumDepth) levels", offset: offset)
        }
        try refuseProperties(in: source, at: offset)
        switch node {
        case .scalar(let scalar):
            return YAMLNode(content: content(of: scalar), offset: offset)
        case .sequence(let sequence):
            var nodes: [YAMLNode] = []
            for member in sequence { nodes.append(try convert(member, in: source, depth: depth + 1)) }
            return YAMLNode(content: .list(nodes), offset: offset)
        case .mapping(let mapping):
            var entries: [YAMLNode.Entry] = []
            for (key, value) in mapping {
                let key = try convert(key, in: source, depth: depth + 1)
                guard let text = key.text else {
                    throw Problem(
                        message: "a key is a plain word, not \(key.description)", offset: key.offset)
                }
                let value = try convert(value, in: source, depth: depth + 1)
                entries.append(YAMLNode.Entry(key: text, keyOffset: key.offset, value: value))
            }
            return YAMLNode(content: .map(entries), offset: offset)
        case .alias:
            throw Problem(message: YAMLGuard.aliasMessage, offset: offset)
        }
    }

    private static func content(of scalar: Node.Scalar) -> YAMLNode.Content {
        let isPlain = scalar.style == .plain
        let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        return isNull ? .null : .scalar(scalar.string, isPlain: isPlain)
    }

    /// Anchors and tags stand before the value, where the library says that the value begins.
    private static func refuseProperties(in source: SourceText, at offset: Int) throws(Problem) {
        guard offset < source.bytes.count else { return }
        switch source.bytes[offset] {
        case UInt8(ascii: "&"): throw Problem(message: YAMLGuard.aliasMessage, offset: offset)
        case UInt8(ascii: "!"):
            throw Problem(
                message: "YAML tags are not accepted", hint: "leave out `!…`, or quote the text",
                offset: offset)
        default: return
        }
    }
}

// MARK: - Problems of the library in our words

extension YAMLReader {
    private static func problem(_ error: YamlError, in source: SourceText) -> Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let offset = source.offset(line: mark.line, column: mark.column)
            return syntaxProblem(problem, in: source, at: offset)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let first = source.offset(line: context.mark.line, column: context.mark.column)
            let key = duplicates.first ?? ""
            return Problem(
                message: "the key `\(key)` is written twice",
                hint: "the first one is in line \(source.place(at: first).line); keep one of them",
                offset: repetition(of: key, in: source, after: first))
        default:
            return Problem(message: "this is not YAML: \(error)", offset: 0)
        }
    }

    private static func syntaxProblem(_ problem: String, in source: SourceText, at offset: Int) -> Problem {
        if problem.contains("alias") { return Problem(message: YAMLGuard.aliasMessage, offset: offset) }
        if problem.hasPrefix("Maximum nesting") {
            return Problem(message: "values nest deeper than \(maximumDepth) levels", offset: offset)
        }
        if problem.contains("another document") {
            return Problem(
                message: "a file holds one definition", hint: "put what follows `---` in a file of its own",
                offset: offset)
        }
        let line = source.line(around: offset)
        if line.prefix(while: { $0 == 0x20 || $0 == 0x09 }).contains(0x09) {
            return Problem(
                message: "a tab indents this line", hint: "YAML is indented with blanks only", offset: offset)
        }
        let needsQuotes = ["mapping values are not allowed", "cannot start any token"].contains {
            problem.contains($0)
        }
        let hasLiquid = String(decoding: line, as: UTF8.self).contains(": {{")
        let hint =
            needsQuotes || hasLiquid
            ? "put the text in quotes: one with `: ` in it, or that begins with `{`, `%`, `@`, needs them"
            : nil
        return Problem(message: "this is not YAML: \(problem)", hint: hint, offset: offset)
    }

    /// Where a block mapping's key is written again: the next line that begins with it at the same column.
    /// The library tells only of the first one. In a mapping in braces the first is the best that is known.
    private static func repetition(of key: String, in source: SourceText, after first: Int) -> Int {
        let place = source.place(at: first)
        for start in source.lines(after: first) {
            let rest = source.line(around: start).dropFirst(place.column - 1)
            if rest.starts(with: key.utf8), rest.dropFirst(key.utf8.count).first == UInt8(ascii: ":") {
                return rest.startIndex
            }
        }
        return first
    }
}
