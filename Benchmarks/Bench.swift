import Foundation

/// `boon-bench [NAME...]`: prints figures of the named benchmarks, or of all. Each ends with a line
/// `ratio NAME VALUE` that compares with a peer or a limit measured in the same run. `boon-bench send --million` also
/// sends to a million customers; `boon-bench sink PORT` is the server that takes what `send` sends.
@main
enum Bench {
    private static var all: [(name: String, run: (BenchFolder) throws -> Void)] {
        [
            ("append", AppendBench.run), ("import", ImportBench.run), ("rebuild", RebuildBench.run),
            ("balance", BalanceBench.run), ("liquid", LiquidBench.run), ("compose", ComposeBench.run),
            ("memory", MemoryBench.run), ("dkim", SigningBench.run), ("plan", PlanBench.run),
            ("when", WhenBench.run),
            ("send", SendBench.run),
        ]
    }

    static func main() {
        let wanted = CommandLine.arguments.dropFirst().filter { $0 != "--million" }
        do {
            if wanted.count == 2, wanted[0] == "sink", let port = UInt16(wanted[1]) {
                try ReadingSink.run(port: port)
            }
            if wanted.count == 3, wanted[0] == "planned" {
                return try PlanBench.plan(wanted[2], in: wanted[1])
            }
            if let unknown = wanted.first(where: { name in !all.contains { $0.name == name } }) {
                let known = all.map(\.name).joined(separator: ", ")
                throw BenchError("there is no benchmark '\(unknown)'; known are: \(known)")
            }
            let folder = try BenchFolder()
            for bench in all where wanted.isEmpty || wanted.contains(bench.name) { try bench.run(folder) }
        } catch {
            complain("\(error)")
        }
    }

    private static func complain(_ sentence: String) -> Never {
        FileHandle.standardError.write(Data("error: \(sentence)\n".utf8))
        exit(1)
    }
}

/// Prints a figure with its unit.
func figure(_ name: String, _ value: Double, _ unit: String) {
    print(
        "  \(name.padding(toLength: 44, withPad: " ", startingAt: 0)) \(String(format: "%12.2f", value)) \(unit)"
    )
}

/// The median of several runs in processor time of this thread, so that whatever else the machine does counts little.
func medianSeconds(of count: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<count {
        let begun = threadSeconds()
        try work()
        times.append(threadSeconds() - begun)
    }
    return times.sorted()[count / 2]
}

private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Prints the line that sums a benchmark up.
func ratio(_ name: String, _ value: Double) {
    print("ratio \(name) \(String(format: "%.2f", value))")
}
