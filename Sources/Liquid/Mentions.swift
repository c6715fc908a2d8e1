/// A variable that a template reads from outside, for checking templates against what a host offers.
public struct VariableMention: Sendable, Equatable {
    /// The names from the outermost on, as far as they are written out: `customer.orders[i].total` is
    /// `["customer", "orders"]`.
    public internal(set) var path: [String]
    let offset: Int
    /// The line, counted from 1.
    public internal(set) var line = 0
    /// The character within the line, counted from 1.
    public internal(set) var column = 0

    init(path: [String], offset: Int) {
        self.path = path
        self.offset = offset
    }
}

/// A partial that a template names in quotes.
public struct PartialMention: Sendable, Equatable {
    /// The partial's name.
    public let name: String
    let offset: Int
    /// The line, counted from 1.
    public internal(set) var line = 0
    /// The character within the line, counted from 1.
    public internal(set) var column = 0

    init(name: String, offset: Int) {
        self.name = name
        self.offset = offset
    }
}

extension Program {
    var variableMentions: [VariableMention] {
        let lines = Lines(source)
        return code.mentions.map { mention in
            var mention = mention
            let place = lines.place(of: mention.offset)
            (mention.line, mention.column) = (place.line, place.column)
            return mention
        }
    }

    var partialMentions: [PartialMention] {
        let lines = Lines(source)
        return code.partialMentions.map { mention in
            var mention = mention
            let place = lines.place(of: mention.offset)
            (mention.line, mention.column) = (place.line, place.column)
            return mention
        }
    }
}
