import Liquid
import Synchronization
import Testing

@Suite("What a host gives")
struct HostTests {
    /// Counts how often it is asked.
    final class Customer: LiquidObject {
        let asked = Mutex<[String]>([])

        func field(_ key: Key) -> Value? {
            asked.withLock { $0.append(key.name) }
            switch key.name {
            case "first_name": return "Mari"
            case "points": return 120
            default: return nil
            }
        }

        var text: String { "a customer" }
    }

    @Test("An object computes only what is asked for")
    func lazily() throws {
        let customer = Customer()
        let source = "{{ c.first_name }} {{ c.points | plus: 1 }} {{ c.nope }}{{ c }}"
        #expect(try render(source, [("c", .object(customer))]) == "Mari 121 a customer")
        #expect(customer.asked.withLock { $0 } == ["first_name", "points", "nope"])
    }

    @Test("A field that a template names in several places is asked for once")
    func once() throws {
        let customer = Customer()
        let source =
            "{{ c.points }} {% if c.points > 100 %}{{ c.points }}{% endif %} {{ c.nope }}{{ c.nope }}"
        #expect(try render(source, [("c", .object(customer))]) == "120 120 ")
        #expect(customer.asked.withLock { $0 } == ["points", "nope"])
    }

    /// Templates that change what a name means between two places that have it.
    static let changing: [(String, String)] = [
        ("{{ c.points }}{% assign c = other %}{{ c.points }}", "1207"),
        ("{{ c.points }}{% include 'sets' %}{{ c.points }}", "1207"),
        ("{% for c in list %}{{ c.points }}{% endfor %}{{ c.points }}{{ c.points }}", "7120120"),
        ("{% render 'reads', c: other %}{{ c.points }}{{ c.points }}{% render 'reads' %}", "77120120120120"),
        ("{% render 'reads' for list as c %}{{ c.points }}", "77120"),
        ("{% include 'reads' for list as c %}", "77"),
    ]

    @Test(
        "Two places have different values where the template changes the name between them",
        arguments: changing)
    func changed(source: String, expected: String) throws {
        let partials = ["sets": "{% assign c = other %}", "reads": "{{ c.points }}{{ c.points }}"]
        let environment = Environment(escaping: .none) { partials[$0] }
        let template = try Template(parsing: source, name: "t", environment: environment)
        let other = Value.fields([("points", 7)])
        let layer = Fields([("c", .object(Customer())), ("other", other), ("list", [other])])
        #expect(try template.render(scope: Scope([layer], now: 0)) == expected)
    }

    @Test("The last layer of a scope wins, and nothing falls through to nothing")
    func layers() throws {
        let template = try Template(
            parsing: "{{ a }}{{ b }}{{ c }}{{ d }}", name: "t", environment: Environment(escaping: .none))
        let campaign = Fields([("a", 1), ("b", 2)])
        let scope = Scope([campaign], now: 0).adding(Fields([("b", 3), ("c", 4)]))
        #expect(try template.render(scope: scope) == "134")
        #expect(scope.value("b")?.text == "3")
    }

    @Test("A shape gives its names to many objects, also to many names", arguments: [3, 8, 9, 40, 1000])
    func shapes(count: Int) throws {
        let names = (0..<count).map { "field\($0)" }
        let shape = Fields.Shape(names)
        let object = Fields(shape: shape, values: (0..<count - 1).map { .int($0) })
        for index in 0..<count - 1 { #expect(object.field(Key(names[index]))?.text == "\(index)") }
        #expect(object.field(Key(names[count - 1]))?.isNull == true)
        #expect(object.field("other") == nil)
        #expect(object.fieldNames == names)
    }

    @Test("A host's filter takes the place of a standard one and sees the scope")
    func filters() throws {
        let filters = [
            Filter("upcase") { input, _, context in
                .string("\(context.scope.value("locale")?.text ?? ""):\(input.text)")
            },
            Filter("money", arity: 0...1, options: ["sign"]) { input, arguments, context in
                let sign = arguments.option("sign")?.text ?? ""
                return context.markup("<b>\(context.escaped(input))</b>\(sign)\(arguments.count)")
            },
        ]
        let source = "{{ 'x' | upcase }} {{ '<' | money: 'EUR', sign: '+' }}"
        #expect(
            try render(source, [("locale", "et")], escaping: .html, filters: filters) == "et:x <b>&lt;</b>+1")
    }

    @Test("What a host's filter throws is reported at its place")
    func filterError() throws {
        let broken = Filter("broken") { _, _, _ in throw FilterError("no currency is set") }
        let error = try #require(failure("\n{{ 1 | broken }}", filters: [broken]))
        #expect(error.description == "test.liquid:2:8: error: no currency is set")
    }

    @Test("A template tells which variables it reads and does not set itself")
    func mentions() throws {
        let source = """
            {% assign mine = customer.first_name %}{{ mine }}
            {% for order in customer.orders %}{{ order.total | plus: points }}{{ forloop.index }}{% endfor %}
            {% if a['b'].c == list[i].d %}{% endif %}{{ ['odd name'] }}{{ [computed] }}
            """
        let template = try Template(parsing: source, name: "t", environment: Environment(escaping: .none))
        let mentions = template.variables.map { "\($0.line):\($0.column) " + $0.path.joined(separator: ".") }
        #expect(
            mentions == [
                "1:18 customer.first_name", "2:17 customer.orders", "2:58 points", "3:7 a.b.c", "3:19 list",
                "3:24 i",
                "3:45 odd name", "3:64 computed",
            ])
    }

    @Test("A template tells which partials it names")
    func partialMentions() throws {
        let source = "{% render 'a/b' %}\n{% include 'c' %}{% include d %}"
        let template = try Template(parsing: source, name: "t", environment: Environment(escaping: .none))
        #expect(template.partials.map { "\($0.line):\($0.column) \($0.name)" } == ["1:11 a/b", "2:12 c"])
    }

    @Test("A partial is loaded and parsed once")
    func cache() throws {
        let loads = Mutex(0)
        let environment = Environment(escaping: .none) { name in
            loads.withLock { $0 += 1 }
            return name
        }
        let template = try Template(
            parsing: "{% render 'p' %}{% render 'p' %}", name: "t", environment: environment)
        for _ in 0..<3 { #expect(try template.render(scope: Scope([], now: 0)) == "pp") }
        #expect(loads.withLock { $0 } == 1)
    }

    @Test(
        "Names that leave the folder never reach the loader",
        arguments: ["../a", "a/../b", "/a", "a//b", ".", "a\\b", "", "a\u{0}"])
    func traversal(name: String) throws {
        let environment = Environment(escaping: .none) { _ in
            Issue.record("the loader was asked")
            return ""
        }
        let template = try Template(parsing: "{% include name %}", name: "t", environment: environment)
        #expect(throws: LiquidError.self) {
            try template.render(scope: Scope([Fields([("name", .string(name))])], now: 0))
        }
    }

    @Test("Many threads render one template, each with its own values")
    func concurrently() async throws {
        let environment = Environment(escaping: .html) { $0 == "row" ? "<li>{{ row }}{{ n }}</li>" : nil }
        let source =
            "{% assign x = n | times: 2 %}{{ x }}{% cycle 'a', 'b' %}{% increment c %}{% render 'row' for list %}"
        let template = try Template(parsing: source, name: "t", environment: environment)
        let shared = Fields([("list", ["<", ">"])])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var bytes: [UInt8] = []
                    for round in 0..<200 {
                        let number = task * 1000 + round
                        bytes.removeAll(keepingCapacity: true)
                        let scope = Scope([shared, Fields([("n", .int(number))])], now: 0)
                        try template.render(into: &bytes, scope: scope)
                        let expected = "\(number * 2)a0<li>&lt;\(number)</li><li>&gt;\(number)</li>"
                        #expect(String(decoding: bytes, as: UTF8.self) == expected)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
