import Liquid
import Testing

@Suite("Filters")
struct FilterTests {
    static let data: [(String, Value)] = [
        ("empty_list", []), ("nested", [1, [2, [3]]]), ("words", ["b", "A", "c"]), ("lines", "a\r\nb"),
        ("shirt", .fields([("size", "XL"), ("colour", "red"), ("first", "F"), ("last", "L")])),
        (
            "products",
            [
                .fields([("title", "Cup"), ("price", 5), ("on", true)]),
                .fields([("title", "Pot"), ("price", 2.5)]),
                .fields([("title", "Cup"), ("price", 7), ("on", false)]),
            ]
        ),
    ]

    static let cases: [NumberedCase] = [
        .init(
            1, "fractions are computed as decimals", "{{ 10.1 | minus: 2.2 }} {{ 0.1 | plus: 0.2 }}",
            "7.9 0.3"),
        .init(
            2, "whole numbers divide to whole numbers, downwards",
            "{{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }}", "3 -4"),
        .init(3, "modulo has the sign of the divisor", "{{ -7 | modulo: 3 }} {{ 7 | modulo: -3 }}", "2 -2"),
        .init(4, "a fraction makes a fraction", "{{ 20 | divided_by: 7.0 }}", "2.857142857142857"),
        .init(
            5, "halves round away from zero", "{{ 2.5 | round }} {{ -2.5 | round }} {{ 1.005 | round: 2 }}",
            "3 -3 1.01"),
        .init(
            6, "ceil and floor", "{{ 1.2 | ceil }} {{ -1.2 | ceil }} {{ 1.2 | floor }} {{ -1.2 | floor }}",
            "2 -1 1 -2"),
        .init(
            7, "text that shows a number counts as it", "{{ '3.5' | times: '2' }} {{ '12 cups' | plus: 1 }}",
            "7.0 13"),
        .init(
            8, "a value that is both text and number stays what it was",
            "{{ '5' | at_least: 3 }} {{ '5' | append: 1 }}", "5 51"),
        .init(
            9, "upcase knows more than ASCII", "{{ 'õäöü' | upcase }} {{ 'ÕÄÖÜ' | downcase }}", "ÕÄÖÜ õäöü"),
        .init(10, "capitalize lowers the rest", "{{ 'tERE mari' | capitalize }}", "Tere mari"),
        .init(
            11, "truncate counts characters, the ending included",
            "{{ 'Õunakook' | truncate: 6 }} {{ 'Õun' | truncate: 2, '' }}", "Õun... Õu"),
        .init(12, "truncatewords", "{{ 'a b c d' | truncatewords: 2, '--' }}", "a b--"),
        .init(
            13, "split and join", "{{ 'a,b,,' | split: ',' | join: '-' }} {{ 'añ' | split: '' | join: '.' }}",
            "a-b a.ñ"),
        .init(
            14, "replace all, first, last",
            "{{ 'aaa' | replace: 'a', 'b' }} {{ 'aaa' | replace_first: 'a', 'b' }} {{ 'aaa' | replace_last: 'a', 'b' }}",
            "bbb baa aab"),
        .init(15, "an empty pattern stands before each character", "{{ 'añ' | replace: '', '.' }}", ".a.ñ."),
        .init(
            16, "overlapping finds are found once",
            "{{ 'aaaa' | replace: 'aa', 'b' }} {{ 'ababa' | remove_last: 'aba' }}", "bb ab"),
        .init(17, "strip takes all white space", "[{{ ' \t\r\n x \n' | strip }}]", "[x]"),
        .init(
            18, "strip_html takes scripts, styles, comments, tags",
            "{{ '<style>a</style>b<!-- c --><p>d</p><script>e</script>' | strip_html }}", "bd"),
        .init(19, "strip_html keeps what is not closed", "{{ 'a < b' | strip_html }}", "a < b"),
        .init(
            20, "newline_to_br keeps the line break",
            "{{ lines | newline_to_br }}|{{ lines | strip_newlines }}", "a<br />\nb|ab"),
        .init(
            21, "url_encode is that of forms", "{{ 'a b&c/õ~' | url_encode }} {{ 'a+b%26' | url_decode }}",
            "a+b%26c%2F%C3%B5~ a b&"),
        .init(
            22, "base64", "{{ 'õun?>' | base64_encode }} {{ 'õun?>' | base64_url_safe_encode }}",
            "w7V1bj8+ w7V1bj8-"),
        .init(
            23, "base64 back, with and without padding",
            "{{ 'YQ==' | base64_decode }}{{ 'YWI' | base64_url_safe_decode }}", "aab"),
        .init(24, "first and last of nothing", "[{{ empty_list | first }}{{ empty_list | last }}]", "[]"),
        .init(25, "lists in lists are taken apart", "{{ nested | join: ',' }}", "1,2,3"),
        .init(
            26, "sort puts capitals first, sort_natural does not",
            "{{ words | sort | join }} {{ words | sort_natural | join }}", "A b c A b c"),
        .init(27, "sort by a property", "{{ products | sort: 'price' | map: 'price' | join }}", "2.5 5 7"),
        .init(
            28, "where by truth and by value",
            "{{ products | where: 'on' | size }}{{ products | where: 'title', 'Cup' | size }}", "12"),
        .init(
            29, "reject, find, find_index, has",
            "{{ products | reject: 'on' | size }}{% assign p = products | find: 'title', 'Pot' %}{{ p.price }} {{ products | find_index: 'title', 'Pot' }} {{ products | has: 'title', 'Jug' }}",
            "22.5 1 false"),
        .init(30, "sum of fractions and whole numbers", "{{ products | sum: 'price' }}", "14.5"),
        .init(
            31, "uniq by value and by property",
            "{{ 'a,b,a' | split: ',' | uniq | join }} {{ products | uniq: 'title' | size }}", "a b 2"),
        .init(
            32, "compact, concat, reverse",
            "{{ products | map: 'on' | compact | size }} {{ words | concat: words | reverse | join: '' }}",
            "2 cAbcAb"),
        .init(
            33, "slice of text and lists, from the end",
            "{{ 'Liquid' | slice: -3, 2 }} {{ words | slice: 1, 2 | join }} {{ 'Liquid' | slice: 1, false }}",
            "ui A c i"),
        .init(
            34, "default for nothing, false and empty",
            "{{ nope | default: 1 }}{{ false | default: 2 }}{{ '' | default: 3 }}{{ 0 | default: 4 }}", "1230"
        ),
        .init(35, "default that lets false be", "{{ false | default: 2, allow_false: true }}", "false"),
        .init(
            36, "escape and escape_once", "{{ '<a & b>' | escape }} {{ '&lt; & &#39;' | escape_once }}",
            "&lt;a &amp; b&gt; &lt; &amp; &#39;"),
        .init(37, "at_least and at_most", "{{ 4 | at_least: 5 }}{{ 4 | at_most: 3.5 }}", "53.5"),
        .init(38, "size counts characters", "{{ 'õun' | size }}{{ words | size }}{{ 5 | size }}", "330"),
        .init(
            39, "sum of a property that nothing names is the sum of the items",
            "{{ (1..2) | sum: nil }}{{ (1..3) | sum: nope }}", "36"),
        .init(
            40, "truncatewords takes white space after the last word for more to come",
            "[{{ 'a b ' | truncatewords: 2 }}|{{ ' a ' | truncatewords: 1 }}|{{ ' a ' | truncatewords: 2 }}|{{ ' ' | truncatewords: 1 }}]",
            "[a b...|a...| a | ]"),
        .init(
            41, "to a filter that works on text a list is its literal",
            "{{ words | upcase }} {{ words | append: '!' }} {{ nested | prepend: words }}",
            #"["B", "A", "C"] ["b", "A", "c"]! ["b", "A", "c"][1, [2, [3]]]"#),
        .init(
            42, "as it is to filters that encode or escape",
            "{{ nested | url_encode }} {{ nested | base64_encode }} {{ words | escape }}",
            "%5B1%2C+%5B2%2C+%5B3%5D%5D%5D WzEsIFsyLCBbM11dXQ== [&quot;b&quot;, &quot;A&quot;, &quot;c&quot;]"
        ),
        .init(43, "raw leaves a list a list", "{{ nested | raw }}{{ nested | raw | size }}", "1232"),
        .init(
            44, "a literal shows what is hard to see", "{{ lines | split: '' | append: '' }}",
            #"["a", "\r", "\n", "b"]"#),
        .init(
            45, "as filters, size, first and last ask for no fields, as they do after a dot",
            "{{ shirt | size }} {{ shirt | first | join: '=' }} [{{ shirt | last }}] {{ shirt.size }}{{ shirt.first }}{{ shirt.last }}",
            "4 size=XL [] XLFL"),
    ]

    @Test("Each filter does what its case says", arguments: cases)
    func filters(_ example: NumberedCase) throws {
        #expect(try render(example.template, Self.data) == example.result)
    }

    @Test(
        "Numbers are written as Liquid writes them",
        arguments: [
            (1.0, "1.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (1e16, "1.0e+16"), (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"), (-2.5, "-2.5"), (123_456_789.125, "123456789.125"), (-1.25e20, "-1.25e+20"),
        ])
    func numbers(number: Double, text: String) throws {
        #expect(try render("{{ n }}", [("n", .double(number))]) == text)
    }

    @Test(
        "Times are read as people and programs write them",
        arguments: [
            ("2016-03-14", "2016-03-14 00:00:00 +0000"),
            ("2016-03-14T10:11:12Z", "2016-03-14 10:11:12 +0000"),
            ("2016-03-14T10:11:12.5+02:00", "2016-03-14 10:11:12 +0200"),
            ("2016-03-14 10:11 -0530", "2016-03-14 10:11:00 -0530"),
            ("20160314T101112", "2016-03-14 10:11:12 +0000"),
            ("March 14, 2016", "2016-03-14 00:00:00 +0000"),
            ("14 Mar 2016 10:00 pm", "2016-03-14 22:00:00 +0000"),
            ("Mon, 14 Mar 2016 10:11:12 +0200", "2016-03-14 10:11:12 +0200"),
            ("Fri Jul 16 01:00:00 2004", "2004-07-16 01:00:00 +0000"),
            ("14.03.2016", "2016-03-14 00:00:00 +0000"),
            ("14/03/2016", "2016-03-14 00:00:00 +0000"), ("2016/3/4", "2016-03-04 00:00:00 +0000"),
            ("March 3rd, 2016 at 5 p.m.", "2016-03-03 17:00:00 +0000"),
            ("12:30", "2026-11-21 12:30:00 +0000"),
            ("1152098955", "2006-07-05 11:29:15 +0000"), ("now", "2026-11-21 09:30:00 +0000"),
            ("2016-02-30", "2016-02-30"), ("soon", "soon"), ("", ""),
            ("99999999999999999999", "99999999999999999999"),
            ("2016-13-01", "2016-13-01"), ("25:00", "25:00"), ("-", "-"),
            ("2000-02-29", "2000-02-29 00:00:00 +0000"),
        ])
    func times(text: String, result: String) throws {
        #expect(try render("{{ t | date: '%Y-%m-%d %H:%M:%S %z' }}", [("t", .string(text))]) == result)
    }

    @Test(
        "Times are written as strftime does",
        arguments: [
            ("%A %a %B %b %d %e %-d %j", "Saturday Sat November Nov 21 21 21 325"),
            ("%H %I %l %k %p %P %#p", "09 09  9  9 AM am am"),
            ("%y %C %G-W%V %U %W %u %w", "26 20 2026-W47 46 46 6 6"),
            ("%s %L %N %3N %%", "1795253400 000 000000000 000 %"),
            ("%F %T %R %D %r %c", "2026-11-21 09:30:00 09:30 11/21/26 09:30:00 AM Sat Nov 21 09:30:00 2026"),
            ("%^a %10Y %_3d %e%n%t", "SAT 0000002026  21 21\n\t"),
            ("%z %:z %::z %Z", "+0000 +00:00 +00:00:00 UTC"),
            (
                "%#B %#a %#h %^p %#P %10p %#Z %^#c",
                "NOVEMBER SAT NOV AM AM         AM utc SAT NOV 21 09:30:00 2026"
            ),
            ("%Od %Ey %10Oe %OY %Ez %E10d %E", "21 26         21 %OY %Ez %E10d %E"),
            ("%10z|%_10z|%_z|%:::z|%12::z|%10:z", "+000000000|      +000| +000|+00|+00000:00:00|+000000:00"),
            ("%::::z %:d|%3%|%3n|%3t", "%::::z %:d|  %|  \n|  \t"),
            ("%Q %", "%Q %"), ("%99999999999d", String(repeating: "0", count: 98) + "21"),
            ("%v %x %X %h %+", "21-NOV-2026 11/21/26 09:30:00 Nov %+"),
            ("%10^Y %:10z %:-z %5-d", "%10^Y %:10z %:-z %5-d"),
        ])
    func formats(format: String, result: String) throws {
        #expect(try render("{{ 'now' | date: f }}", [("f", .string(format))]) == result)
    }

    @Test("Every day from 1600 to 2400 becomes a date and back")
    func calendar() throws {
        let template = try Template(
            parsing: "{{ t | date: '%Y-%m-%d' }}", name: "t", environment: Environment(escaping: .none))
        var last = ""
        for day in stride(from: -135_140, through: 157_054, by: 1) {
            let scope = Scope([Fields([("t", .int(day * 86_400 + 43_200))])], now: 0)
            let text = try template.render(scope: scope)
            #expect(text > last)
            last = text
        }
        #expect(last == "2400-01-01")
    }

    @Test("Times without a zone are read and written in the scope's")
    func zone() throws {
        let template = try Template(
            parsing: "{{ 0 | date: '%H:%M %z' }} {{ '2026-01-01 10:00' | date: '%s' }}", name: "t",
            environment: Environment(escaping: .none))
        #expect(try template.render(scope: Scope([], now: 0, utcOffset: 7200)) == "02:00 +0200 1767254400")
    }

    @Test(
        "The distance from UTC is written as long as it has to be",
        arguments: [
            (-5400, "-0130 -01:30 -01:30:00 -01:30 -000000130       -130"),
            (3600, "+0100 +01:00 +01:00:00 +01 +000000100       +100"),
            (-12_345, "-0325 -03:25 -03:25:45 -03:25:45 -000000325       -325"),
            (43_200, "+1200 +12:00 +12:00:00 +12 +000001200      +1200"),
        ])
    func offsets(seconds: Int, text: String) throws {
        let template = try Template(
            parsing: "{{ 0 | date: '%z %:z %::z %:::z %10z %_10z' }}", name: "t",
            environment: Environment(escaping: .none))
        #expect(try template.render(scope: Scope([], now: 0, utcOffset: seconds)) == text)
    }

    @Test("The smallest fraction that 128 bits hold can be taken away")
    func smallestFraction() throws {
        let smallest = "-1.70141183460469231731687303715884105728"
        #expect(try render("{{ 1 | minus: n | round: 1 }}", [("n", .string(smallest))]) == "2.7")
    }
}
