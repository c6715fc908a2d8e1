import Foundation

/// The programs that others wrote for the same work, as scripts in `Benchmarks/Peers`.
enum Peers {
    /// The repository's folder, where the templates and the scripts are.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// What a script measured.
    struct Measure: Decodable {
        /// The median time of one piece of work.
        let seconds: Double
        /// The bytes that one piece of work gave, so that nobody is fast by doing less.
        let bytes: Int
    }

    /// Runs a script that prints its measure as one JSON object.
    static func measure(_ interpreter: String, _ script: String, _ arguments: String...) throws -> Measure {
        let path = "\(repository)/Benchmarks/Peers/\(script)"
        let child = try ChildProcess.run([interpreter, path] + arguments)
        return try JSONDecoder().decode(Measure.self, from: Data(child.output.utf8))
    }

    /// Prints a peer's figure; one that is not installed is left out with a line that says so.
    /// - Returns: what it measured.
    static func figure(_ name: String, _ unit: String, _ measure: () throws -> Measure) -> Measure? {
        do {
            let result = try measure()
            boon_bench.figure("\(name) (\(result.bytes) bytes)", 1 / result.seconds, unit)
            return result
        } catch {
            print("  \(name): left out, \(error)")
            return nil
        }
    }

    /// A file of a repository.
    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(repository)/\(path)", encoding: .utf8)
    }
}
