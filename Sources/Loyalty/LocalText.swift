/// A text in some languages, in the order in which they were written.
package struct LocalText: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The text in one language.
    package struct Version: Hashable, Sendable {
        /// The language's tag, `et`.
        package var language: String
        package var text: String
    }

    /// Every language once.
    package private(set) var versions: [Version] = []

    /// A text by language; of two texts in one language the later counts.
    package init(dictionaryLiteral elements: (String, String)...) {
        for (language, text) in elements { self[language: language] = text }
    }

    /// The text in a language, nil when it was not written.
    package subscript(language language: String) -> String? {
        get { versions.first { $0.language == language }?.text }
        set {
            let known = versions.firstIndex { $0.language == language }
            switch (known, newValue) {
            case (let index?, let text?): versions[index].text = text
            case (let index?, nil): versions.remove(at: index)
            case (nil, let text?): versions.append(Version(language: language, text: text))
            case (nil, nil): break
            }
        }
    }
}
