import Foundation
import Model
import Recording

/// Records made durable in batches of 64, beside bare writes and syncs of as many bytes.
enum AppendBench {
    static func run(_ folder: BenchFolder) throws {
        print("store append, batches of 64, one sync each")
        let now = Timestamp(seconds: 1_795_251_600)
        let path = "\(folder.path)/append"
        let store = try Store(folder: path) { now }
        let (rounds, size) = (400, 64)
        let begun = ContinuousClock.now
        for round in 0..<rounds {
            try store.record(
                (0..<size).map { number in
                    .points(
                        PointsEntry(
                            kind: .earned, customer: "c-\(number)", key: "purchase:\(round)-\(number)",
                            points: 10,
                            occurred: now, activates: now, source: "order:\(round)-\(number)", actor: "boon"))
                })
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let bytes =
            try FileManager.default.attributesOfItem(atPath: "\(path)/points.jsonl")[.size] as? Int ?? 0
        let bare = try bareSeconds(path: "\(path)/bare", rounds: rounds, bytes: bytes / rounds)
        figure("boon", Double(rounds * size) / seconds, "records/s")
        figure("bare write and fdatasync of the same bytes", Double(rounds * size) / bare, "records/s")
        ratio("append-to-bare-sync", bare / seconds)
    }

    private static func bareSeconds(path: String, rounds: Int, bytes: Int) throws -> Double {
        let block = [UInt8](repeating: 0x20, count: bytes)
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw BenchError("\(path) cannot be written") }
        defer { close(descriptor) }
        let begun = ContinuousClock.now
        for _ in 0..<rounds {
            guard write(descriptor, block, bytes) == bytes, fdatasync(descriptor) == 0 else {
                throw BenchError("\(path) cannot be written")
            }
        }
        return (ContinuousClock.now - begun) / .seconds(1)
    }
}
