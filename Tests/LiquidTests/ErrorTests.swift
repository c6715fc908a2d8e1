import Liquid
import Testing

@Suite("Errors")
struct ErrorTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let source: String
        let line: Int
        let column: Int
        let words: String

        init(_ source: String, _ line: Int, _ column: Int, _ words: String) {
            self.source = source
            self.line = line
            self.column = column
            self.words = words
        }

        var testDescription: String { source.debugDescription }
    }

    static let mistakes: [Mistake] = [
        .init("a\nb {{ x | upcse }}", 2, 10, "did you mean 'upcase'"),
        .init("{% fro x in y %}", 1, 4, "did you mean 'for'"),
        .init("{{ x | append }}", 1, 8, "takes 1 argument, not 0"),
        .init("{{ x | truncate: 1, 2, 3 }}", 1, 8, "takes 0 to 2 arguments, not 3"),
        .init("{{ x | default: 1, allow_fals: true }}", 1, 20, "it takes allow_false"),
        .init("\n\n  {% if x %}", 3, 6, "never closed with 'endif'"),
        .init("{% if x %}{% endfor %}", 1, 14, "closes nothing here"),
        .init("õ {% else %}", 1, 6, "has no place here"),
        .init("a\r\nb {{ 'x }}", 2, 6, "in quotes is never closed"),
        .init("{{ x", 1, 1, "never closed with '}}'"),
        .init("a {% if x", 1, 3, "never closed with '%}'"),
        .init("{% for x on y %}{% endfor %}", 1, 10, "expected 'in'"),
        .init("{% for x in y limits: 2 %}{% endfor %}", 1, 4, "not 'limits'"),
        .init("{% assign x 1 %}", 1, 13, "expected '='"),
        .init("{% assign 'x' = 1 %}", 1, 11, "expected the name of a variable, without quotes, found 'x'"),
        .init("{% if a = b %}{% endif %}", 1, 9, "expected the end"),
        .init("{{ a.b..c }}", 1, 7, "expected the end"),
        .init("{{ a. }}", 1, 7, "expected a name after the dot"),
        .init("{{ a ? }}", 1, 6, "expected the end of the tag, found '?'"),
        .init("{% comment %} x", 1, 4, "'comment' is never closed"),
        .init("{% raw %} x {% endrw %}", 1, 4, "'raw' is never closed"),
        .init("{% raw x %}{% endraw %}", 1, 8, "takes no arguments"),
        .init("{% render name %}", 1, 11, "name in quotes"),
        .init("{% cycle %}", 1, 9, "expected a value"),
        .init("{% # a\n b %}", 2, 2, "starts with '#'"),
        .init("{% liquid\n assign x = 1\n echo x | nope %}", 3, 11, "no filter 'nope'"),
        .init("x\n{{ 'a' | date }}", 2, 10, "takes 1 argument, not 0"),
        .init("x\n  {{ 1 | divided_by: 0 }}", 2, 10, "divided by 0"),
        .init(
            "{% if true %}\n{% if 'a' > 1 %}{% endif %}{% endif %}", 2, 4, "cannot compare text with a number"
        ),
        .init("{% for i in (1..2) limit: 'x' %}{% endfor %}", 1, 4, "no whole number"),
        .init("{{ 'x' | base64_decode }}", 1, 10, "not base64"),
        .init("{% render 'nope' %}", 1, 4, "there is no partial \"nope\""),
        .init("{% render '../secret' %}", 1, 4, "not a name of a partial"),
        .init("{% include '/etc/passwd' %}", 1, 4, "not a name of a partial"),
        .init("{% include 5 %}", 1, 4, "is text, not a number"),
        .init("{{ 'é\u{301}🇪🇪' }}{{ x | nope }}", 1, 18, "no filter"),
    ]

    @Test("A mistake is reported where it is", arguments: mistakes)
    func place(_ mistake: Mistake) throws {
        let error = try #require(failure(mistake.source), "no error")
        #expect("\(error.line):\(error.column)" == "\(mistake.line):\(mistake.column)", "\(error)")
        #expect(error.message.contains(mistake.words), "\(error)")
        #expect(error.description.hasPrefix("test.liquid:\(mistake.line):\(mistake.column): error: "))
    }

    @Test(
        "No error repeats what the data holds",
        arguments: [
            "{% if name > 1 %}{% endif %}", "{% if list[0] < number %}{% endif %}",
            "{{ list | concat: more | sort }}", "{{ number | map: name }}",
            "{% for i in (1..2) limit: name %}{% endfor %}",
            "{% tablerow i in (1..2) cols: list %}{% endtablerow %}", "{% for i in (list..3) %}{% endfor %}",
            "{% include list %}", "{% include number %}", "{% include name %}", "{% include path %}",
            "{{ name | truncate: name }}", "{{ name | base64_decode }}", "{{ number | divided_by: zero }}",
        ])
    func silence(template: String) throws {
        let data: [(String, Value)] = [
            ("name", "Maasikas"), ("path", "../Maasikas"), ("number", 37_205_551), ("zero", 0),
            ("list", ["Maasikas"]), ("more", [37_205_551]),
        ]
        let error = try #require(failure(template, data, partials: ["p": "x"]), "no error")
        #expect(
            !error.description.contains("Maasikas") && !error.description.contains("37205551"), "\(error)")
    }

    @Test("The excerpt shows the line with a caret under the place, tabs kept")
    func excerpt() throws {
        let error = try #require(failure("first\n\tHello {{ name | nope }}\r\nlast"))
        #expect(error.lineText == "\tHello {{ name | nope }}")
        #expect(error.excerpt == "\tHello {{ name | nope }}\n\t                ^")
    }

    @Test("A mistake in a partial names the partial")
    func partial() throws {
        let broken = try #require(failure("{% render 'p' %}", partials: ["p": "x\n{{ y | nope }}"]))
        #expect(broken.description == "p:2:8: error: there is no filter 'nope'")
        let failing = try #require(
            failure("{% include 'p' %}", partials: ["p": "\n\n{{ 1 | divided_by: 0 }}"]))
        #expect(failing.template == "p")
        #expect(failing.line == 3)
    }

    @Test("A mistake after a partial names the template again")
    func afterPartial() throws {
        let error = try #require(failure("{% include 'p' %}\n{{ 1 | modulo: 0 }}", partials: ["p": "x"]))
        #expect(error.template == "test.liquid")
        #expect(error.line == 2)
    }
}
