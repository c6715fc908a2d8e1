import Foundation
import Testing

@testable import Composing

@Suite("Accessibility")
struct AccessibilityTests {
    static let theme = KeyedText(parsing: Repository.files["templates/theme.txt"] ?? "", file: "theme.txt")
        .texts

    /// Words on a ground: names of colours.
    struct Pair: Sendable {
        var words: String
        var ground: String
        var least: Double
    }

    /// Words need 4.5:1 (WCAG 2.2, 1.4.3), the boxes of a scale 3:1 (1.4.11).
    static let pairs: [Pair] = {
        var pairs: [Pair] = []
        for prefix in ["", "dark_"] {
            for words in ["ink", "muted", "accent"] {
                for ground in ["ground", "card", "tint"] {
                    pairs.append(Pair(words: prefix + words, ground: prefix + ground, least: 4.5))
                }
            }
            for words in ["on_deep", "deep_muted", "gold"] {
                pairs.append(Pair(words: words, ground: prefix + "deep", least: 4.5))
            }
            pairs.append(Pair(words: prefix + "on_accent", ground: prefix + "accent", least: 4.5))
            pairs.append(Pair(words: "stroke", ground: prefix + "card", least: 3))
        }
        return pairs
    }()

    @Test("Words stand out from their ground, in the light and in the dark", arguments: pairs)
    func contrast(pair: Pair) throws {
        let ratio = try contrast(#require(Self.theme[pair.words]), #require(Self.theme[pair.ground]))
        #expect(ratio >= pair.least)
    }

    /// WCAG 2.2, contrast ratio.
    private func contrast(_ left: String, _ right: String) throws -> Double {
        let (left, right) = (try luminance(left), try luminance(right))
        return (max(left, right) + 0.05) / (min(left, right) + 0.05)
    }

    /// WCAG 2.2, relative luminance.
    private func luminance(_ colour: String) throws -> Double {
        let number = try #require(Int(colour.dropFirst(), radix: 16))
        let parts = [number >> 16 & 255, number >> 8 & 255, number & 255].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    @Test(
        "Tables are presentation, pictures have words, headings are headings",
        arguments: LanguageTests.campaigns, ["en", "he"])
    func structure(campaign: String, language: String) throws {
        let html = try Sample.composer(campaign).message(for: Sample.customer(language)).htmlText
        for table in html.matches(of: /<table[^>]*>/) {
            #expect(table.output.contains("role=\"presentation\""))
        }
        let words = /\salt="[^"]+"/
        for image in html.matches(of: /<img[^>]*>/) { #expect(image.output.contains(words)) }
        let heading = /<h[12][\s>]/
        #expect(html.contains(heading))
        #expect(
            html.contains("<title>") && html.contains("name=\"color-scheme\"")
                && html.contains("prefers-color-scheme:dark"))
        #expect(html.contains("role=\"article\""))
        #expect(!html.contains("<script") && !html.contains("@import") && !html.contains("@font-face"))
    }

    @Test("Every element that is opened is closed", arguments: LanguageTests.campaigns)
    func balanced(campaign: String) throws {
        let html = try Sample.composer(campaign).message().htmlText.replacing(/<!--(?s:.*?)-->/, with: "")
        for element in [
            "table", "tr", "td", "p", "a", "h1", "h2", "h3", "div", "span", "body", "html", "style",
        ] {
            let opened = html.matches(of: try Regex("<\(element)[ >]")).count
            let closed = html.ranges(of: "</\(element)>").count
            #expect(opened == closed, "\(element)")
        }
    }
}
