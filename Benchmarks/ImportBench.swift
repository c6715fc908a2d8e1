import Foundation

/// A million customers through `boon customers import`, beside the `sqlite3` shell's `.import` of the same file
/// into a table with the same two indexes.
enum ImportBench {
    static func run(_ folder: BenchFolder) throws {
        print("import of \(BenchFolder.customerCount) customers")
        let file = try folder.customersFile()
        let boon = try ChildProcess.run([
            folder.boon, "customers", "import", file, "--workspace", folder.path,
        ])
        let script = "\(folder.path)/import.sql"
        try """
        CREATE TABLE customers (id TEXT PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, phone TEXT,
        locale TEXT, country TEXT, city TEXT, tags TEXT, joined TEXT, consent TEXT);
        CREATE INDEX customers_email ON customers (lower(email));
        .import --csv --skip 1 \(file) customers
        """.write(toFile: script, atomically: true, encoding: .utf8)
        let peer = try ChildProcess.run(["sqlite3", "\(folder.path)/peer.sqlite"], input: script)
        figure("boon", boon.seconds, "s (goal: under 40)")
        figure("boon, largest memory", Double(boon.peakMemory) / 1_000_000, "MB (goal: under 200)")
        figure("sqlite3 .import", peer.seconds, "s")
        ratio("import-to-sqlite3", boon.seconds / peer.seconds)
    }
}
