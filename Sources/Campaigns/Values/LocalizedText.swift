/// One text in the languages it was written in.
package struct LocalizedText: Hashable, Sendable {
    /// The text in one language.
    package struct Entry: Hashable, Sendable {
        /// BCP 47, as written; nil for a text that was given once, for every language.
        package let language: String?
        package let text: String
        /// Where the text begins.
        package let place: Place

        /// A text in a language.
        package init(language: String?, text: String, place: Place) {
            (self.language, self.text, self.place) = (language, text, place)
        }
    }

    /// In the order of the file; never empty.
    package let entries: [Entry]

    /// A text in several languages.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The text for a customer: in their language, else in the default one, else the first that was written.
    /// A language fits exactly or by its primary subtag: `pt-BR` is served by `pt`, and `pt` by `pt-PT`.
    /// - Parameters:
    ///   - locale: the customer's locale, BCP 47.
    ///   - fallback: the campaign's first language.
    package func entry(for locale: String?, default fallback: String) -> Entry? {
        locale.flatMap(entry(in:)) ?? entry(in: fallback) ?? entries.first
    }

    /// The text of `entry(for:default:)`, empty only when nothing was written.
    package func text(for locale: String?, default fallback: String) -> String {
        entry(for: locale, default: fallback)?.text ?? ""
    }

    /// Whether the text can be given in a language without falling back to another.
    package func covers(_ language: String) -> Bool {
        entry(in: language) != nil
    }

    private func entry(in language: String) -> Entry? {
        entries.first { $0.language == nil }
            ?? entries.first { $0.language.map { Language.isSame($0, language) } ?? false }
            ?? entries.first { $0.language.map { Language.sharesPrimary($0, language) } ?? false }
    }
}

/// Language tags of BCP 47 (RFC 5646), compared without regard to case.
package enum Language {
    /// Whether two tags are the same but for case and `_` in the place of `-`, which shops export.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        normal(left) == normal(right)
    }

    /// Whether two tags name one language, whatever their regions.
    package static func sharesPrimary(_ left: String, _ right: String) -> Bool {
        primary(left) == primary(right)
    }

    /// A tag as tags are compared: in lower case, with `-` between its parts.
    package static func normalized(_ tag: String) -> String {
        String(decoding: normal(tag), as: UTF8.self)
    }

    /// Basic filtering of RFC 4647 section 3.3.1: the range `fi` matches `fi` and `fi-FI`.
    package static func range(_ range: String, matches tag: String) -> Bool {
        let (range, tag) = (normal(range), normal(tag))
        return tag == range
            || (tag.count > range.count && tag.starts(with: range) && tag[range.count] == dash)
    }

    /// The language of a customer among those a campaign has: the first that is the same, else the first that
    /// shares the primary subtag, else the campaign's first.
    package static func choose(for locale: String?, among languages: [String]) -> String? {
        guard let locale else { return languages.first }
        return languages.first { isSame($0, locale) } ?? languages.first { sharesPrimary($0, locale) }
            ?? languages.first
    }

    private static let dash = UInt8(ascii: "-")

    private static func primary(_ tag: String) -> [UInt8] {
        Array(normal(tag).prefix { $0 != dash })
    }

    private static func normal(_ tag: String) -> [UInt8] {
        tag.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "_"): dash
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            default: byte
            }
        }
    }
}
