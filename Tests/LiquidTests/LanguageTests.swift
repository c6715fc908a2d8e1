import Liquid
import Testing

/// What the golden cases leave open or what marketers trip over.
@Suite("The language")
struct LanguageTests {
    static let data: [(String, Value)] = [
        ("name", "Mari"), ("points", 120), ("price", 4.5), ("tags", ["a", "b", "c"]),
        (
            "customer",
            .fields([("first_name", "Mari"), ("orders", [.fields([("total", 5)]), .fields([("total", 7)])])])
        ),
        ("nothing", .null), ("flag", false),
    ]

    static let cases: [NumberedCase] = [
        .init(
            1, "and/or bind to the right: true or (false and false)",
            "{% if true or false and false %}y{% endif %}", "y"),
        .init(
            2, "and/or bind to the right: false and (false or true)",
            "{% if false and false or true %}y{% else %}n{% endif %}", "n"),
        .init(3, "a missing variable is empty, also far down a path", "[{{ a.b.c[0].d }}]", "[]"),
        .init(4, "zero and empty text are true", "{% if 0 %}a{% endif %}{% if '' %}b{% endif %}", "ab"),
        .init(
            5, "assign inside a loop outlives the loop",
            "{% for t in tags %}{% assign last = t %}{% endfor %}{{ last }}", "c"),
        .init(
            6, "a loop variable hides an assigned one only inside the loop",
            "{% assign t = 'x' %}{% for t in tags %}{{ t }}{% endfor %}{{ t }}", "abcx"),
        .init(
            7, "reversed comes after offset and limit",
            "{% for i in (1..9) reversed limit: 3 offset: 2 %}{{ i }}{% endfor %}", "543"),
        .init(
            8, "a loop over an object gives pairs",
            "{% for f in customer limit: 1 %}{{ f[0] }}={{ f[1] }}{% endfor %}", "first_name=Mari"),
        .init(
            9, "break leaves only the inner loop",
            "{% for i in (1..2) %}{% for j in (1..3) %}{% if j == 2 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{% endfor %}",
            "11 21 "),
        .init(
            10, "continue goes on with the next round",
            "{% for i in (1..4) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "134"),
        .init(
            11, "a range downwards is empty", "{% for i in (3..1) %}{{ i }}{% else %}none{% endfor %}", "none"
        ),
        .init(
            12, "a range of which the end is a variable",
            "{% for i in (1..customer.orders.size) %}{{ i }}{% endfor %}", "12"),
        .init(
            13, "forloop of the outer loop",
            "{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.index }} {% endfor %}{% endfor %}",
            "11 12 21 22 "),
        .init(
            14, "forloop as a value keeps what it was",
            "{% for i in (1..2) %}{% if forloop.first %}{% assign f = forloop %}{% endif %}{% endfor %}{{ f.index }}/{{ f.length }}",
            "1/2"),
        .init(
            15, "increment, decrement and assign are apart",
            "{% assign n = 9 %}{% increment n %}{% increment n %}{% decrement m %}{{ n }}{{ m }}", "01-19-1"),
        .init(
            16, "cycles of the same literals share their turn",
            "{% cycle 'a', 'b' %}{% cycle \"a\",'b' %}{% cycle 'a', 'b' %}{% cycle 'a b', 2 %}{% cycle 'ab', 2 %}",
            "abaa bab"),
        .init(17, "named cycles do not", "{% cycle 'x': 'a', 'b' %}{% cycle 'y': 'a', 'b' %}", "aa"),
        .init(18, "unless with elsif", "{% unless true %}a{% elsif true %}b{% else %}c{% endunless %}", "b"),
        .init(19, "case on a number", "{% case points %}{% when 100, 120 %}y{% else %}n{% endcase %}", "y"),
        .init(
            20, "text before the first when is not written", "{% case 1 %} junk {% when 1 %}y{% endcase %}",
            "y"),
        .init(
            21, "capture takes all it holds",
            "{% capture x %}{% for t in tags %}{{ t }}{% endfor %}{% endcapture %}[{{ x }}]", "[abc]"),
        .init(22, "raw keeps braces", "{% raw %}{{ x }}{% if %}{% endraw %}", "{{ x }}{% if %}"),
        .init(
            23, "a comment hides what is wrong in it", "{% comment %}{% if %}{{ | }}{% endcomment %}ok", "ok"),
        .init(24, "comments nest", "{% comment %}{% comment %}{% endcomment %}x{% endcomment %}ok", "ok"),
        .init(
            25, "raw in a comment hides its end",
            "{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}ok", "ok"),
        .init(
            26, "liquid with a block over lines",
            "{% liquid\n assign x = 2\n if x == 2\n echo 'two'\n endif %}", "two"),
        .init(27, "dashes trim on their side only", "a {{- name }} b", "aMari b"),
        .init(28, "dashes trim line breaks too", "a \n {%- if true -%} \n b {%- endif %} c", "ab c"),
        .init(29, "an empty output writes nothing", "[{{ }}{{- -}}]", "[]"),
        .init(30, "a name may have a dash", "{% assign first-name = name %}{{ first-name }}", "Mari"),
        .init(
            31, "contains looks into text, arrays and objects",
            "{% if name contains 'ar' and tags contains 'b' and customer contains 'orders' %}y{% endif %}",
            "y"),
        .init(
            32, "nothing is neither less nor more",
            "{% if nothing < 1 or nothing >= 1 %}y{% else %}n{% endif %}", "n"),
        .init(33, "numbers compare by value", "{% if 1 == 1.0 and price > 4 %}y{% endif %}", "y"),
        .init(34, "numbers are not text", "{% if points == '120' %}y{% else %}n{% endif %}", "n"),
        .init(35, "array outputs run together", "{{ tags }}", "abc"),
        .init(36, "an object output shows its fields", "{{ customer.orders[0] }}", "{\"total\"=>5}"),
        .init(37, "negative indices count from the end", "{{ tags[-1] }}{{ tags[-9] }}", "c"),
        .init(
            38, "two spellings of one character differ", "{% if 'é' == 'e\u{301}' %}y{% else %}n{% endif %}",
            "n"),
        .init(
            39, "blanks of a block that writes nothing are left out",
            "a{% if true %}\n {% assign x = 1 %}\n{% endif %}b", "ab"),
        .init(
            40, "tablerow closes its rows", "{% tablerow i in (1..3) cols: 2 %}{{ i }}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n<tr class=\"row2\"><td class=\"col1\">3</td></tr>\n"
        ),
        .init(
            41, "break leaves a tablerow in good form",
            "{% tablerow i in (1..3) %}{{ i }}{% break %}{% endtablerow %}",
            "<tr class=\"row1\">\n<td class=\"col1\">1</td></tr>\n"),
        .init(42, "a variable may have any name in brackets", "{{ ['first name'] }}{{ ['name'] }}", "Mari"),
        .init(
            43, "ifchanged writes only changes",
            "{% assign l = '1,1,2' | split: ',' %}{% for i in l %}{% ifchanged %}{{ i }}{% endifchanged %}{% endfor %}",
            "12"),
        .init(44, "inline comments over lines", "{% # one\n # two %}ok", "ok"),
        .init(45, "doc writes nothing", "{% doc %} {{ x }} {% enddoc %}ok", "ok"),
        .init(
            46, "an identifier that starts like an operator",
            "{% assign containsit = 1 %}{% if containsit == 1 %}y{% endif %}", "y"),
        .init(
            47, "a cycle with a variable has its own turn, which a loop goes on with",
            "{% cycle (1..2), 'b' %}{% cycle (1..2), 'b' %}{% cycle name, 'b' %}{% cycle name, 'b' %}{% for i in (1..3) %}{% cycle points, 'x' %}{% endfor %}",
            "1..2bMariMari120x120"),
        .init(
            48, "increment goes on from what the data holds, and hides it",
            "{{ points }} {% increment points %} {{ points }} {% increment points %} {{ ['points'] }}",
            "120 120 121 121 122"),
        .init(
            49, "decrement does too, with fractions and with nothing",
            "{% decrement price %} {{ price }} {% increment nothing %} {{ nothing }} {% increment flag %}",
            "3.5 3.5 0 1 0"),
        .init(
            50, "a tablerow of blanks leaves a block blank, and keeps its own",
            "a{% if true %} {% tablerow i in (1..2) %} {% endtablerow %} {% endif %}b",
            "a<tr class=\"row1\">\n<td class=\"col1\"> </td><td class=\"col2\"> </td></tr>\nb"),
    ]

    @Test("Each piece of the language does what its case says", arguments: cases)
    func language(_ example: NumberedCase) throws {
        #expect(try render(example.template, Self.data) == example.result)
    }

    @Test("Values from data are never parsed as templates")
    func dataIsData() throws {
        #expect(
            try render("{{ name }}", [("name", "{{ 1 | plus: 1 }}{% if true %}")])
                == "{{ 1 | plus: 1 }}{% if true %}")
    }

    @Test("A render sees arguments and the scope, but no variable of the template around")
    func renderIsIsolated() throws {
        let partials = ["p": "[{{ a }}{{ b }}{{ name }}]{% assign b = 2 %}"]
        let source = "{% assign b = 1 %}{% render 'p', a: 'x' %}{{ b }}"
        #expect(try render(source, Self.data, partials: partials) == "[xMari]1")
    }

    @Test("An include sees and sets the variables around it, also from inside a loop")
    func includeShares() throws {
        let partials = ["p": "{{ i }}{{ forloop.index }}{% assign seen = i %}", "q": "{% include 'p' %}"]
        let source = "{% for i in (7..8) %}{% include 'q' %} {% endfor %}{{ seen }}"
        #expect(try render(source, partials: partials) == "71 82 8")
    }

    @Test("A render for each item has its own forloop")
    func renderFor() throws {
        let partials = ["row": "{{ forloop.index }}{{ row.total }}{% unless forloop.last %},{% endunless %}"]
        #expect(
            try render("{% render 'row' for customer.orders %}", Self.data, partials: partials) == "15,27")
    }

    @Test("A rendered partial must not include")
    func includeInRender() {
        let error = failure("{% render 'a' %}", partials: ["a": "x\n {% include 'b' %}", "b": "b"])
        #expect(error?.template == "a")
        #expect(error?.line == 2)
    }

    @Test("A counter in an included partial hides the data in the template around")
    func countersAreShared() throws {
        let source = "{{ points }}{% include 'p' %}{{ points }}{% include 'p' %}{{ points }}"
        #expect(try render(source, Self.data, partials: ["p": "{% increment points %}"]) == "120120121121122")
    }

    @Test("Text is not counted on from")
    func counterOfText() {
        #expect(
            failure("{% increment name %}", Self.data)?.message == #""name" cannot be counted on from "Mari""#
        )
    }
}
