import Foundation
import Model

/// The files of one journal: sealed ones `mail.000017.jsonl`, and the active `mail.jsonl` that comes after.
struct JournalFiles: Sendable {
    let folder: String
    let store: StoreName

    var activePath: String { "\(folder)/\(store.rawValue).jsonl" }

    func sealedPath(_ number: Int) -> String {
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
        return "\(folder)/\(store.rawValue).\(zeros)\(digits).jsonl"
    }

    func isSealed(_ number: Int) -> Bool {
        File.exists(sealedPath(number))
    }

    /// The paths from one number on, the active file last.
    /// - Throws: `StoreError.missingFile` when a sealed file between them is gone.
    func paths(from first: Int) throws(StoreError) -> [(number: Int, path: String)] {
        let sealed = try sealedNumbers().filter { $0 >= first }
        for (index, number) in sealed.enumerated() where number != first + index {
            throw .missingFile(sealedPath(first + index))
        }
        return sealed.map { ($0, sealedPath($0)) } + [(first + sealed.count, activePath)]
    }

    private func sealedNumbers() throws(StoreError) -> [Int] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .io(path: folder, action: "listed", reason: error.localizedDescription)
        }
        return names.compactMap { name in
            let parts = name.split(separator: ".")
            guard parts.count == 3, parts[0] == store.rawValue, parts[2] == "jsonl" else { return nil }
            return Int(parts[1])
        }.sorted()
    }
}

/// How far a journal is known: everything before it is applied to the index.
package struct Checkpoint: Hashable, Sendable {
    /// The number of the file, from 1: sealed files keep theirs, the active one has the next.
    var file: Int
    /// Bytes of that file.
    var offset: Int64
    /// Lines of that file.
    var line: Int
    /// The number of the last record.
    package var seq: Int64
    /// The sum of the last record.
    var sum: ChainSum

    static let start = Checkpoint(file: 1, offset: 0, line: 0, seq: 0, sum: .start)
}
