import ArgumentParser
import Campaigns

/// `boon schema KIND`: a JSON Schema that editors complete from.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of a kind of file, for editors.")

    private static let kinds = FileKind.allCases.map(\.rawValue)

    @Argument(help: "One of: \(kinds.joined(separator: ", ")).")
    var kind: String

    func run() throws {
        guard let known = FileKind(rawValue: kind) else {
            throw Failure.usage(.unknown(kind, among: Self.kinds, called: "kind of file"))
        }
        Console.print(lines: known.jsonSchema)
    }
}
