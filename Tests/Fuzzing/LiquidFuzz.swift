// Compiled together with the sources of Liquid, see the script `run` beside it.

/// Parses and renders whatever comes, within small limits: libFuzzer finds traps, hangs and memory faults.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    LiquidFuzz.run(String(decoding: input, as: UTF8.self))
    return 0
}

enum LiquidFuzz {
    static let limits = Limits(outputBytes: 20_000, steps: 20_000, depth: 40)

    /// 21 November 2026, so that a found input does the same on every day.
    static let now = 1_795_244_400

    static let scope = Scope(
        [
            Fields([
                ("customer", .fields([("first_name", "Mari <b>"), ("locale", "et"), ("empty", .null)])),
                ("points", .fields([("available", 120), ("share", 0.25), ("expires", "2026-12-24 18:00")])),
                ("orders", [.fields([("total", 1250), ("sku", "a-1")]), .fields([("total", .null)])]),
                ("tags", ["vip", "coffee & tea", "õ", ""]),
                ("nested", [[1, 2], [[3]], []]),
                ("text", "one two\r\nthree \u{1F469}\u{200D}\u{1F373} é e\u{301}"),
                ("big", .int(.max)), ("small", .int(.min)), ("huge", 1e300), ("yes", true),
                ("range", .range(lower: -3, upper: 3)), ("markup", .markup("<i>x</i>")),
            ])
        ], now: now)

    static func run(_ source: String) {
        for escaping in [Escaping.html, .none] {
            // A partial that is the template itself leads into every kind of recursion.
            let environment = Environment(escaping: escaping, limits: limits) { name in
                switch name {
                case "self": source
                case "row": "{{ row }}{{ forloop.index }}{% assign y = row %}{% continue %}"
                default: nil
                }
            }
            do {
                let template = try Template(parsing: source, name: "fuzzed", environment: environment)
                _ = (template.variables, template.partials)
                var output: [UInt8] = []
                try template.render(into: &output, scope: scope)
                guard String(validating: output, as: UTF8.self) != nil else {
                    fatalError("The output is no UTF-8.")
                }
            } catch {
                guard !"\(error)".isEmpty else { fatalError("An error says nothing.") }
            }
        }
    }
}
