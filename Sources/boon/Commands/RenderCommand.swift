import ArgumentParser
import Foundation
import Liquid
import Model

/// `boon render`: one template with one file of data, for whoever writes templates.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render one Liquid template with data from a JSON file.",
        discussion: """
            Writes exactly the rendered bytes. {% render 'name' %} and {% include 'name' %} read DIR/name.liquid, \
            where DIR is --templates, or else the template's own folder.
            """)

    @Argument(help: "The template's file.")
    var template: String

    @Option(help: ArgumentHelp("A JSON file with one object: what the template sees.", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("The folder of partials.", valueName: "dir"))
    var templates: String?

    @Flag(inversion: .prefixedNo, help: "Escape outputs for HTML.")
    var escape = true

    func run() throws {
        let folder = templates ?? URL(filePath: template).deletingLastPathComponent().path
        let partials = PartialFolder(path: folder)
        let environment = Environment(escaping: escape ? .html : .none) { try partials.source(of: $0) }
        let scope = Scope([try scopeFields()], now: Int(Timestamp.now.seconds))
        var bytes: [UInt8] = []
        do {
            let parsed = try Template(
                parsing: try InputFile.text(template), name: template, environment: environment)
            try parsed.render(into: &bytes, scope: scope)
        } catch let error as LiquidError {
            Console.note(error.description)
            Console.note(lines: error.excerpt)
            throw ExitCode(Failure.Kind.input.rawValue)
        }
        Console.write(bytes)
    }

    private func scopeFields() throws -> Fields {
        guard let data else { return Fields([]) }
        let bytes = Array(try InputFile.text(data).utf8)
        do {
            guard case .object(let members) = try JSONValue(object: bytes[...]) else { return Fields([]) }
            return Fields(members.map { ($0.name, Value(json: $0.value)) })
        } catch {
            throw Self.failure(error, in: bytes, of: data)
        }
    }

    private static func failure(_ error: JSONError, in bytes: [UInt8], of path: String) -> Failure {
        let before = bytes[..<min(error.offset, bytes.count)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return .input("\(path):\(line):\(column): \(error.message); the data is one JSON object")
    }
}

/// Partials in a folder, none of them outside of it.
private struct PartialFolder: Sendable {
    let path: String

    /// The text of a partial, nil when there is none.
    /// - Throws: `FilterError` when the name leads out of the folder.
    func source(of name: String) throws -> String? {
        let root = URL(filePath: path).resolvingSymlinksInPath().path
        let file = URL(filePath: "\(path)/\(name).liquid").resolvingSymlinksInPath().path
        guard file.hasPrefix(root == "/" ? root : root + "/") else {
            throw FilterError("'\(name)' leads out of the folder \(path)")
        }
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return try InputFile.text(file)
    }
}

extension Value {
    /// A value of a template from JSON: whole numbers stay whole.
    init(json: JSONValue) {
        switch json {
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .string(let text): self = .string(text)
        case .number(let text): self = Int(text).map { .int($0) } ?? .double(Double(text) ?? 0)
        case .array(let elements): self = .array(elements.map { Value(json: $0) })
        case .object(let members): self = .fields(members.map { ($0.name, Value(json: $0.value)) })
        }
    }
}
