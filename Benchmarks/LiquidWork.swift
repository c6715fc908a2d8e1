import Foundation
import Liquid
import Model

/// Something to render that every engine reads from the same file: templates by name, data, and modules that
/// are rendered one after the other and then framed by the layout. Only standard Liquid, so that all can.
struct LiquidWork {
    let path: String
    private let layout: Template
    private let modules: [(template: Template, layer: Fields)]
    private let scope: Scope

    private static let contentShape = Fields.Shape(["content"])

    /// Writes the file and prepares it as the other engines do.
    init(_ name: String, in folder: BenchFolder, json: [String: Any]) throws {
        path = "\(folder.path)/\(name).json"
        let bytes = try JSONSerialization.data(withJSONObject: json, options: .sortedKeys)
        try bytes.write(to: URL(filePath: path))
        let work = Value(try JSONValue(object: Array(bytes)[...]))
        let templates = work["templates"]
        let environment = Environment(escaping: .html) { templates[$0].isNull ? nil : templates[$0].text }
        func template(_ name: String) throws -> Template {
            try Template(parsing: templates[name].text, name: name, environment: environment)
        }
        layout = try template("layout")
        guard case .array(let parts) = work["modules"], case .object(let data) = work["data"] else {
            throw BenchError("\(path) has no modules and data")
        }
        modules = try parts.map { (try template($0["template"].text), Fields([("module", $0)])) }
        scope = Scope([data], now: Int(BenchLetter.now.seconds))
    }

    /// Everything, once.
    func render() throws -> [UInt8] {
        var (content, output): ([UInt8], [UInt8]) = ([], [])
        for module in modules {
            try module.template.render(into: &content, scope: scope.adding(module.layer))
        }
        let value = Value.markup(String(decoding: content, as: UTF8.self))
        let layer = Fields(shape: Self.contentShape, values: [value])
        try layout.render(into: &output, scope: scope.adding(layer))
        return output
    }
}

extension Value {
    fileprivate init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .string(let text): self = .string(text)
        case .number(let text): self = Int(text).map { .int($0) } ?? .double(Double(text) ?? 0)
        case .array(let elements): self = .array(elements.map { Value($0) })
        case .object(let members): self = .fields(members.map { ($0.name, Value($0.value)) })
        }
    }

    fileprivate subscript(name: String) -> Value {
        guard case .object(let fields) = self else { return .null }
        return fields.field(Key(name)) ?? .null
    }
}
