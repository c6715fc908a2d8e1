import Liquid
import Testing

@Suite("Escaping")
struct EscapingTests {
    static let data: [(String, Value)] = [
        ("evil", "<b>\"'&"), ("combined", "\"\u{301} onmouseover=alert(1)"), ("list", ["<", ">"]),
        ("object", .fields([("k", "<i>")])), ("safe", .markup("<b>")), ("tag", "<"), ("source", "{{ tag }}"),
    ]

    static let cases: [NumberedCase] = [
        .init(1, "every output is escaped", "{{ evil }}", "&lt;b&gt;&quot;&#39;&amp;"),
        .init(
            2, "a quote with a combining mark is still a quote", "<a title=\"{{ combined }}\">",
            "<a title=\"&quot;\u{301} onmouseover=alert(1)\">"),
        .init(3, "the template's own text is not", "<b>{{ 'x' }}</b>", "<b>x</b>"),
        .init(4, "literals are outputs like others", "{{ '<b>' }}", "&lt;b&gt;"),
        .init(5, "raw opts out", "{{ evil | raw }}", "<b>\"'&"),
        .init(
            6, "escape is not repeated", "{{ evil | escape }}{{ tag | escape | escape }}",
            "&lt;b&gt;&quot;&#39;&amp;&lt;"),
        .init(7, "escape_once is not repeated", "{{ '&lt;<' | escape_once }}", "&lt;&lt;"),
        .init(
            8, "captured text is not escaped again",
            "{% capture x %}<p>{{ tag }}</p>{% endcapture %}{{ x }}{{ x }}", "<p>&lt;</p><p>&lt;</p>"),
        .init(
            9, "captured text of captured text neither",
            "{% capture x %}{{ tag }}{% endcapture %}{% capture y %}<p>{{ x }}</p>{% endcapture %}{{ y }}",
            "<p>&lt;</p>"),
        .init(
            10, "a partial's output is not escaped again",
            "{% render 'p', x: tag %}{% include 'p', x: tag %}", "<p>&lt;</p><p>&lt;</p>"),
        .init(
            11, "captured text given to a partial stays markup",
            "{% capture x %}<p>{% endcapture %}{% render 'q', x: x %}", "<p>"),
        .init(
            12, "text appended to markup is escaped",
            "{% capture x %}<p>{% endcapture %}{{ x | append: tag | prepend: tag }}", "&lt;<p>&lt;"),
        .init(
            13, "text joined with markup is escaped",
            "{% capture x %}<br>{% endcapture %}{{ list | join: x }}", "&lt;<br>&gt;"),
        .init(14, "newline_to_br escapes what it joins", "{{ '<\n>' | newline_to_br }}", "&lt;<br />\n&gt;"),
        .init(15, "trimming keeps markup", "{% capture x %} <p> {% endcapture %}{{ x | strip }}", "<p>"),
        .init(
            16, "other filters make text of markup again",
            "{% capture x %}<p>{% endcapture %}{{ x | upcase }}", "&lt;P&gt;"),
        .init(
            17, "decoding cannot bring markup back",
            "{% capture x %}{{ '%3Cb%3E' }}{% endcapture %}{{ x | url_decode }}", "&lt;b&gt;"),
        .init(18, "base64 neither", "{{ 'PGI+' | base64_decode }}", "&lt;b&gt;"),
        .init(19, "arrays are escaped item by item", "{{ list }}{{ list | first }}", "&lt;&gt;&lt;"),
        .init(20, "objects are escaped", "{{ object }}", "{&quot;k&quot;=&gt;&quot;&lt;i&gt;&quot;}"),
        .init(21, "the host may give markup", "{{ safe }}", "<b>"),
        .init(
            22, "default passes markup on", "{{ safe | default: 'x' }}{{ nope | default: '<' }}", "<b>&lt;"),
        .init(23, "echo and cycle are outputs", "{% echo tag %}{% cycle tag, 'x' %}", "&lt;&lt;"),
        .init(24, "a template in data stays data", "{{ source }}", "{{ tag }}"),
        .init(25, "markup compares with text by its bytes", "{% if safe == '<b>' %}y{% endif %}", "y"),
        .init(
            26, "strip_html of markup stays markup",
            "{% capture x %}<p>a &amp; b</p>{% endcapture %}{{ x | strip_html }}", "a &amp; b"),
        .init(
            27, "tablerow's own tags are markup", "{% tablerow i in list %}{{ i }}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">&lt;</td><td class=\"col2\">&gt;</td></tr>\n"),
        .init(28, "ifchanged does not escape again", "{% ifchanged %}{{ tag }}{% endifchanged %}", "&lt;"),
    ]

    @Test("In HTML, what could break out is escaped once", arguments: cases)
    func html(_ example: NumberedCase) throws {
        let partials = ["p": "<p>{{ x }}</p>", "q": "{{ x }}"]
        #expect(
            try render(example.template, Self.data, escaping: .html, partials: partials) == example.result)
    }

    @Test("In text, nothing is escaped but by the filter")
    func text() throws {
        let source =
            "{{ evil }}{% capture x %}{{ tag }}{% endcapture %}{{ x }}{{ evil | escape }}{{ tag | raw }}"
        #expect(try render(source, Self.data) == "<b>\"'&<&lt;b&gt;&quot;&#39;&amp;<")
    }

    @Test("No byte that means something to HTML survives in any neighbourhood")
    func everyNeighbour() throws {
        let template = try Template(parsing: "{{ x }}", name: "t", environment: Environment(escaping: .html))
        for before in ["", "a", "õ", "\u{200d}", "\r\n", "\u{0}"] {
            for after in ["", "\u{301}", "\u{fe0f}", "\u{200d}", "\n", "a"] {
                for special in "<>\"'&" {
                    let scope = Scope([Fields([("x", .string(before + String(special) + after))])], now: 0)
                    let output = try template.render(scope: scope)
                    #expect(!output.utf8.contains { "<>\"'".utf8.contains($0) })
                    #expect(output.utf8.first { $0 == UInt8(ascii: "&") } != nil)
                }
            }
        }
    }
}
