/// What may stand in a place of a file. One description drives the reader's checks, the JSON Schema and the test
/// that every key is documented, so that they cannot disagree.
indirect enum Shape: Sendable {
    /// One text, number or word.
    case scalar(ScalarShape)
    /// A list of at least so many.
    case list(Shape, atLeast: Int)
    case object(ObjectShape)
    /// A mapping whose keys the marketer chooses.
    case names(key: ScalarShape, value: Shape)
    /// A mapping with exactly one key, which says what its value is.
    case oneKey([Key])
    /// A mapping in which one key's word decides which other keys there are.
    case variants(key: String, doc: String, [Variant])
    /// A text, or a mapping from language to text.
    case localized(ScalarShape)

    /// A key of a mapping.
    struct Key: Sendable {
        var name: String
        /// One sentence for whoever writes the file.
        var doc: String
        var shape: Shape
        var isRequired = false

        init(_ name: String, _ doc: String, _ shape: Shape, required: Bool = false) {
            (self.name, self.doc, self.shape, isRequired) = (name, doc, shape, required)
        }
    }

    /// The keys that go with one word.
    struct Variant: Sendable {
        var word: String
        var keys: [Key]
    }

    /// A mapping with known keys.
    struct ObjectShape: Sendable {
        var keys: [Key]
        /// Of these keys there must be one, and only one.
        var exactlyOne: [String] = []
        /// Of these keys there may be one, not more.
        var atMostOne: [String] = []
    }

    /// A mapping with these keys.
    static func keys(_ keys: [Key], exactlyOne: [String] = [], atMostOne: [String] = []) -> Shape {
        .object(ObjectShape(keys: keys, exactlyOne: exactlyOne, atMostOne: atMostOne))
    }

    /// One of some words.
    static func words(_ words: [String]) -> Shape {
        .scalar(ScalarShape(Formats.word(words)))
    }

    /// A scalar of a format.
    static func value<Value>(_ format: Format<Value>) -> Shape {
        .scalar(ScalarShape(format))
    }
}

/// A format without the type of its values.
struct ScalarShape: Sendable {
    /// What was expected, for a message: "a duration such as `3 days`".
    let expects: String
    /// The words to choose from, where there are such.
    let words: [String]
    let advice: String?
    let schema: JSONText
    /// Whether a scalar fits; plain ones are without quotes.
    let accepts: @Sendable (String, _ isPlain: Bool) -> Bool

    init<Value>(_ format: Format<Value>) {
        (expects, words, advice, schema) = (format.expects, format.words, format.advice, format.schema)
        accepts = { text, isPlain in (isPlain || !format.isUnquoted) && format.parse(text) != nil }
    }
}
