import Foundation
import Liquid
import Testing

@Suite("Limits")
struct LimitsTests {
    /// Small, so that each test ends at once.
    static let limits = Limits(outputBytes: 10_000, steps: 20_000, depth: 30)

    static let cases: [NumberedCase] = [
        .init(1, "a loop over a huge range", "{% for i in (1..999999999999) %}{% endfor %}", "t:1"),
        .init(
            2, "loops in loops",
            "\n{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}{{ a }}{% endfor %}{% endfor %}{% endfor %}",
            "t:2"),
        .init(3, "output that grows", "{% for i in (1..9999) %}0123456789{% endfor %}", "t:1"),
        .init(
            4, "text that doubles",
            "{% assign s = '0123456789' %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}",
            "t:1"),
        .init(
            5, "lists that double",
            "{% assign a = '1,2,3' | split: ',' %}{% for i in (1..99) %}{% assign a = a | concat: a %}{% endfor %}",
            "t:1"),
        .init(
            6, "replacing each letter by a long text",
            "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..9) %}{% assign s = s | replace: 'a', s %}{% endfor %}",
            "t:1"),
        .init(
            7, "joining with a long text",
            "{% assign g = (1..999) | join: '          ' %}{{ (1..999) | join: g }}", "t:1"),
        .init(8, "a huge range made into a list", "{{ (1..999999999999) | join: '' }}", "t:1"),
        .init(
            9, "a range with a count that overflows",
            "{{ (-9223372036854775807..9223372036854775807) | size }}{{ (-9223372036854775808..9223372036854775807) | reverse }}",
            "t:1"),
        .init(10, "a partial that renders itself", "{% render 'self' %}", "self:2"),
        .init(11, "a partial that includes itself", "{% include 'again' %}", "again:1"),
        .init(12, "a partial that renders itself twice over", "{% render 'twice' %}", "twice:1"),
        .init(13, "a partial rendered for a huge range", "{% render 'empty' for (1..999999999999) %}", "t:1"),
        .init(
            14, "captured text that grows",
            "{% capture x %}{% for i in (1..9999) %}0123456789{% endfor %}{% endcapture %}", "t:1"),
        .init(
            15, "tablerow over a huge range", "{% tablerow i in (1..999999999999) %}{% endtablerow %}", "t:1"),
    ]

    @Test("A template that would hang or swell ends with an error that names its place", arguments: cases)
    func limited(_ example: NumberedCase) throws {
        let partials = [
            "self": "a\n{% render 'self' %}", "again": "{% include 'again' %}",
            "twice": "{% render 'twice' %}{% render 'twice' %}", "empty": "",
        ]
        let error = try #require(
            failure(example.template, partials: partials, limits: Self.limits), "the template ended by itself"
        )
        #expect(error.kind == .limit)
        let name = error.template == "test.liquid" ? "t" : error.template
        #expect("\(name):\(error.line)" == example.result)
    }

    @Test(
        "Deep nesting is refused when it is parsed, in every construct",
        arguments: [
            ("{% if true %}", "{% endif %}"), ("{% for i in (1..1) %}", "{% endfor %}"),
            ("{% capture x %}", "{% endcapture %}"),
            ("{% ifchanged %}", "{% endifchanged %}"), ("{% case 1 %}{% when 1 %}", "{% endcase %}"),
            ("{% tablerow i in (1..1) %}", "{% endtablerow %}"), ("{% unless false %}", "{% endunless %}"),
        ])
    func nesting(open: String, close: String) throws {
        let deep = String(repeating: open, count: 50_000) + String(repeating: close, count: 50_000)
        let error = try #require(failure(deep))
        #expect(error.kind == .syntax)
        #expect(error.message.contains("deep"))
    }

    @Test(
        "Deep brackets, ranges and liquid tags are refused when they are parsed",
        arguments: [
            "{{ " + String(repeating: "a[", count: 50_000) + "0" + String(repeating: "]", count: 50_000)
                + " }}",
            "{{ " + String(repeating: "(", count: 50_000) + " }}",
            "{{ " + String(repeating: "[", count: 50_000) + " }}",
            "{% " + String(repeating: "liquid ", count: 50_000) + " %}",
        ])
    func brackets(source: String) throws {
        #expect(try #require(failure(source)).kind == .syntax)
    }

    @Test("Long flat templates are no nesting")
    func flat() throws {
        let chain =
            "{% if " + Array(repeating: "false", count: 20_000).joined(separator: " or ")
            + " or true %}y{% endif %}"
        #expect(try render(chain) == "y")
        #expect(
            try render(String(repeating: "{% if true %}a{% endif %}", count: 10_000)).utf8.count == 10_000)
        #expect(
            try render(
                String(repeating: "{% comment %}", count: 5_000)
                    + String(repeating: "{% endcomment %}", count: 5_000)) == "")
    }

    @Test("Searching in hostile text takes time that grows with its length only")
    func search() throws {
        let text = String(repeating: "a", count: 100_000)
        let needle = String(repeating: "a", count: 50_000) + "b"
        let data: [(String, Value)] = [("text", .string(text)), ("needle", .string(needle))]
        let source =
            "{% if text contains needle %}y{% endif %}{{ text | remove: needle | size }}{{ text | remove_last: needle | size }}"
        #expect(try render(source, data) == "100000100000")
        let html = String(repeating: "<script<!--<style", count: 10_000)
        #expect(try render("{{ html | strip_html | size }}", [("html", .string(html))]) == "170000")
        let ampersands = String(repeating: "&a", count: 50_000)
        #expect(try render("{{ t | escape_once | size }}", [("t", .string(ampersands))]) == "300000")
    }

    @Test(
        "Parsing damaged templates takes time that grows with their length only",
        arguments: [
            "{% comment %}" + String(repeating: "{{{%%}", count: 100_000),
            "{% comment %}" + String(repeating: "{{", count: 200_000),
            "{% raw %}" + String(repeating: "{% endraw ", count: 100_000),
            "{% doc %}" + String(repeating: "{% ", count: 100_000) + "{% enddoc %}{{",
            "{{ '" + String(repeating: "a", count: 400_000),
        ])
    func parsing(source: String) throws {
        #expect(try #require(failure(source)).kind == .syntax)
    }

    /// Optimised code needs about a quarter of it. A partial is parsed where it is first rendered, which may be deep.
    @Test("The deepest nesting that is allowed fits into two megabytes of stack, also when not optimised")
    func stack() async {
        let nested =
            String(repeating: "{% if true %}", count: 98) + "x" + String(repeating: "{% endif %}", count: 98)
        let deep =
            String(repeating: "{% if true %}", count: 97) + "{% render 'n' %}"
            + String(repeating: "{% endif %}", count: 97)
        let partials = [
            "p": "{% for i in (1..1) %}{% capture x %}{% render 'p' %}{% endcapture %}{% endfor %}",
            "n": nested,
        ]
        let outcome: String = await withCheckedContinuation { continuation in
            let thread = Thread {
                let rendered = (try? render(nested)) ?? "failed"
                let kinds = [deep, "{% render 'p' %}"].map { failure($0, partials: partials)?.kind }
                continuation.resume(returning: "\(rendered) \(kinds == [.limit, .limit])")
            }
            thread.stackSize = 2 * 1024 * 1024
            thread.start()
        }
        #expect(outcome == "x true")
    }

    @Test("A failed rendering leaves the output as it was")
    func unchanged() throws {
        let template = try Template(
            parsing: "abc{{ 1 | divided_by: 0 }}", name: "t", environment: Environment(escaping: .none))
        var bytes = Array("before".utf8)
        #expect(throws: LiquidError.self) { try template.render(into: &bytes, scope: Scope([], now: 0)) }
        #expect(bytes == Array("before".utf8))
        try Template(parsing: "!", name: "t", environment: Environment(escaping: .none))
            .render(into: &bytes, scope: Scope([], now: 0))
        #expect(bytes == Array("before!".utf8))
    }

    @Test(
        "Numbers at the edge are refused, not trapped",
        arguments: [
            "{{ 9223372036854775807 | plus: 1 }}", "{{ -9223372036854775808 | abs }}",
            "{{ -9223372036854775808 | divided_by: -1 }}",
            "{{ 9223372036854775807 | times: 2 }}", "{{ -9223372036854775808 | minus: 1 }}",
            "{{ 1 | modulo: 0 }}",
            "{{ 99999999999999999999 | round }}", "{{ big | ceil }}", "{{ inf | floor }}",
        ])
    func edges(source: String) {
        let data: [(String, Value)] = [("big", .double(1e300)), ("inf", .double(.infinity))]
        let error = failure(source, data)
        #expect(error == nil || error?.kind == .render)
    }
}
