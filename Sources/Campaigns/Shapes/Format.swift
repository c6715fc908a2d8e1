/// A kind of scalar: how it is described, checked by an editor, and read.
struct Format<Value>: Sendable {
    /// What was expected, for a message: "a duration such as `3 days`".
    let expects: String
    /// The words to choose from, where there are such.
    var words: [String] = []
    /// The JSON Schema of one such scalar.
    let schema: JSONText
    /// Whether quotes would make it something else: numbers and booleans.
    var isUnquoted = false
    /// What to tell whoever wrote something else, where the nearest word would not help.
    var advice: String?
    /// The value; nil for a text that is none.
    let parse: @Sendable (String) -> Value?

    init(
        _ expects: String, words: [String] = [], schema: JSONText, isUnquoted: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        (self.expects, self.words, self.schema) = (expects, words, schema)
        (self.isUnquoted, self.parse) = (isUnquoted, parse)
    }

    /// The same format with advice for whoever misses it.
    func advising(_ advice: String) -> Format {
        var format = self
        format.advice = advice
        return format
    }

    /// A format that an editor checks by a pattern, whole.
    init(_ expects: String, pattern: String, parse: @escaping @Sendable (String) -> Value?) {
        let schema: JSONText = ["type": "string", "pattern": .string("^(?:\(pattern))$")]
        self.init(expects, schema: schema, parse: parse)
    }
}

/// The formats there are.
enum Formats {}

extension Formats {
    /// One of some words.
    static func word(_ words: [String]) -> Format<String> {
        let expects =
            words.count == 1 ? "`\(words[0])`" : "one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
        return Format<String>(expects, words: words, schema: ["enum": .list(words.map(JSONText.string))]) {
            words.contains($0) ? $0 : nil
        }
    }

    /// Any text that is not empty. YAML reads some texts as numbers or booleans; they are meant as texts.
    static let text = Format<String>(
        "a text", schema: ["type": ["string", "number", "boolean"], "minLength": 1]
    ) {
        $0.isEmpty ? nil : $0
    }

    /// A text without line breaks, which goes into a header or a list.
    static let line = Format<String>(
        "a text in one line",
        schema: ["type": ["string", "number", "boolean"], "minLength": 1, "pattern": "^[^\\n\\r]*$"]
    ) { $0.isEmpty || $0.utf8.contains(0x0A) || $0.utf8.contains(0x0D) ? nil : $0 }

    /// A name that stands in identifiers, addresses and file names.
    static let identifier = Format<String>(
        "an identifier of letters, digits, `-` and `_`",
        schema: ["type": ["string", "number"], "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"]
    ) { $0.isIdentifier ? $0 : nil }
}

extension Formats {
    /// A whole number in a range, without quotes.
    static func integer(_ range: ClosedRange<Int>) -> Format<Int> {
        let hasEnd = range.upperBound < 1_000_000_000
        let expects =
            hasEnd
            ? "a whole number from \(range.lowerBound) to \(range.upperBound)"
            : "a whole number from \(range.lowerBound)"
        return Format<Int>(
            expects,
            schema: [
                "type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ], isUnquoted: true
        ) { WholeNumber.parse($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// `20%`, also `20 %`, or 20 without quotes.
    static let percent = Format<Int>(
        "a percentage from 1 to 100",
        schema: [
            "anyOf": [
                ["type": "integer", "minimum": 1, "maximum": 100],
                ["type": "string", "pattern": "^(?:100|[1-9][0-9]?)(?: *%)?$"],
            ]
        ]
    ) { text in
        var digits = text[...]
        if digits.utf8.last == UInt8(ascii: "%") {
            repeat { digits.removeLast() } while digits.utf8.last == UInt8(ascii: " ")
        }
        guard digits.utf8.first != UInt8(ascii: "0") else { return nil }
        return WholeNumber.parse(digits).flatMap { (1...100).contains($0) ? $0 : nil }
    }
}

extension Formats {
    /// `yes` and `no`, with the spellings that YAML has known for them.
    static let boolean = Format<Bool>(
        "`yes` or `no`", words: ["yes", "no"],
        schema: ["anyOf": [["type": "boolean"], ["enum": ["yes", "no", "on", "off"]]]], isUnquoted: true
    ) { text in
        switch text {
        case "yes", "true", "True", "TRUE", "on": true
        case "no", "false", "False", "FALSE", "off": false
        default: nil
        }
    }
}
