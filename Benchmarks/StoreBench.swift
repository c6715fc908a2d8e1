import Foundation

/// The index made anew from six million records, beside reading the same bytes and summing them.
enum RebuildBench {
    static func run(_ folder: BenchFolder) throws {
        print("rebuild of the index")
        let workspace = try folder.filledWorkspace()
        let records = Double(BenchFolder.customerCount * (1 + BenchFolder.entriesPerCustomer))
        let boon = try ChildProcess.run([folder.boon, "store", "rebuild", "--workspace", workspace])
        let journals = ["customers", "points"].map { "\(workspace)/store/\($0).jsonl" }
        let sealed = try FileManager.default.contentsOfDirectory(atPath: "\(workspace)/store")
            .filter { $0.hasSuffix(".jsonl") && $0.split(separator: ".").count == 3 }.map {
                "\(workspace)/store/\($0)"
            }
        let peer = try ChildProcess.run(["sha256sum"] + journals + sealed)
        figure("boon", records / boon.seconds, "records/s (goal: 150,000)")
        figure("boon, largest memory", Double(boon.peakMemory) / 1_000_000, "MB")
        figure("sha256sum of the journals", records / peer.seconds, "records/s")
        ratio("rebuild-to-goal", records / boon.seconds / 150_000)
    }
}

/// One customer's balance in a store of a million customers, as a whole process, beside the `sqlite3` shell
/// with the same indexed query.
enum BalanceBench {
    static func run(_ folder: BenchFolder) throws {
        print("points balance, \(BenchFolder.customerCount) customers, 5 entries each")
        let workspace = try folder.filledWorkspace()
        let boon = try ChildProcess.median(
            of: 21, [folder.boon, "points", "balance", "c-424242", "--workspace", workspace])
        let query = "SELECT sum(points) FROM points_entries WHERE customer = 'c-424242'"
        let peer = try ChildProcess.median(of: 21, ["sqlite3", "\(workspace)/store/index.sqlite", query])
        figure("boon", boon * 1000, "ms (goal: under 40)")
        figure("sqlite3", peer * 1000, "ms")
        ratio("balance-to-sqlite3", boon / peer)
    }
}
