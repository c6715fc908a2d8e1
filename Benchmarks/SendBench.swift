import Foundation

/// A personalised run through `boon send`, whole process, beside Postfix's `smtp-source` with as many sessions and
/// messages of the same size against the same server, and beside Python's SMTP libraries with Jinja2.
enum SendBench {
    private static let messages = 50_000
    private static let rounds = 3

    static func run(_ folder: BenchFolder) throws {
        for size in SendLetter.Size.allCases {
            let workspace = try SendWorkspace(folder, size, customers: messages)
            let bytes = try workspace.messageSize()
            print("send, \(messages) messages of \(bytes) bytes, \(SendWorkspace.sessions) sessions")
            for kind in BenchSink.Kind.allCases {
                try leavingOut(kind.rawValue) { try compare(workspace, size, BenchSink(kind), bytes) }
            }
            try sign(workspace, size)
            try leavingOut("Python") { try comparePeers(folder, workspace, size) }
        }
        try measureMemory(folder)
    }

    /// What is not installed is left out with a line that says so.
    private static func leavingOut(_ name: String, _ work: () throws -> Void) rethrows {
        do {
            try work()
        } catch let error as BenchError {
            print("  \(name): left out, \(error)")
        }
    }

    // MARK: - Beside smtp-source

    private static func compare(
        _ workspace: SendWorkspace, _ size: SendLetter.Size, _ sink: BenchSink, _ bytes: Int
    ) throws {
        var (boon, source, reconnecting): ([ChildProcess], [ChildProcess], [ChildProcess]) = ([], [], [])
        let sessions = SendWorkspace.sessions
        for _ in 0..<rounds {
            boon.append(try workspace.send(port: sink.port))
            source.append(
                try sink.receive(messages, bytes: bytes, sessions: sessions, keepingConnections: true))
            reconnecting.append(
                try sink.receive(messages, bytes: bytes, sessions: sessions, keepingConnections: false))
        }
        figure("boon to \(sink.kind.rawValue)", rate(boon), "messages/s (goal: \(sink.kind.goal(size)))")
        figure("smtp-source, connections kept", rate(source), "messages/s")
        figure("smtp-source, a connection for each message", rate(reconnecting), "messages/s")
        figure(
            "boon, processor time", processorTime(boon), "s for 1,000 messages (goal: \(size.processorGoal))")
        ratio("send-\(size)-to-smtp-source-\(sink.kind)", rate(boon) / rate(source))
        ratio("send-\(size)-to-reconnecting-smtp-source-\(sink.kind)", rate(boon) / rate(reconnecting))
    }

    private static func rate(_ runs: [ChildProcess], of count: Int = messages) -> Double {
        Double(count) / runs.map(\.seconds).sorted()[runs.count / 2]
    }

    private static func processorTime(_ runs: [ChildProcess], of count: Int = messages) -> Double {
        runs.map(\.processorSeconds).sorted()[runs.count / 2] / Double(count) * 1000
    }

    /// The same with an RSA signature for each message, for fewer of them.
    private static func sign(_ workspace: SendWorkspace, _ size: SendLetter.Size) throws {
        let (sink, count) = (try BenchSink(.reader), messages / 5)
        var (plain, signed): ([ChildProcess], [ChildProcess]) = ([], [])
        for _ in 0..<rounds {
            plain.append(try workspace.send(port: sink.port, limit: count))
            signed.append(try workspace.send(port: sink.port, limit: count, isSigned: true))
        }
        figure("boon, \(count) of them unsigned", rate(plain, of: count), "messages/s")
        figure("boon, \(count) of them with DKIM", rate(signed, of: count), "messages/s")
        figure("boon with DKIM, processor time", processorTime(signed, of: count), "s for 1,000 messages")
        ratio("send-\(size)-dkim-on-to-off", rate(signed, of: count) / rate(plain, of: count))
    }

    // MARK: - Beside Python

    private static func comparePeers(
        _ folder: BenchFolder, _ workspace: SendWorkspace, _ size: SendLetter.Size
    ) throws {
        let (sink, count) = (try BenchSink(.postfix), messages / 5)
        let boon = try (0..<rounds).map { _ in try workspace.send(port: sink.port, limit: count) }
        figure("boon, \(count) of them to smtp-sink", rate(boon, of: count), "messages/s")
        let data = "\(folder.path)/send-\(size).json"
        try JSONEncoder().encode(SendLetter(size)).write(to: URL(filePath: data))
        for library in ["smtplib", "aiosmtplib"] {
            let peer = Peers.figure("Jinja2 and \(library)", "messages/s") {
                try Peers.measure(
                    try folder.python(), "send.py", library, data, "\(sink.port)", "\(SendWorkspace.sessions)"
                )
            }
            if let peer { ratio("send-\(size)-to-\(library)", rate(boon, of: count) * peer.seconds) }
        }
    }

    // MARK: - Memory

    /// The memory of the sending process for runs of several sizes; a million only with `--million`.
    private static func measureMemory(_ folder: BenchFolder) throws {
        print("memory while sending, messages of 2,000 bytes")
        let sink = try BenchSink(.reader)
        let counts = [10_000, 100_000] + (CommandLine.arguments.contains("--million") ? [1_000_000] : [])
        for count in counts {
            let run = try SendWorkspace(folder, .small, customers: count).send(port: sink.port)
            figure(
                "\(count) recipients, while sending", Double(run.steadyMemory) / 1_000_000,
                "MB (goal: under 60)")
            figure("\(count) recipients, at most", Double(run.peakMemory) / 1_000_000, "MB")
        }
    }
}

extension SendLetter.Size {
    /// Seconds of a core for 1,000 messages.
    fileprivate var processorGoal: String { self == .large ? "0.20" : "0.08" }
}

extension BenchSink.Kind {
    fileprivate func goal(_ size: SendLetter.Size) -> String {
        switch (self, size) {
        case (.postfix, .large): "0.9 of smtp-source"
        case (.postfix, .small): "0.6 of smtp-source"
        case (.reader, .large): "8,000"
        case (.reader, .small): "16,000"
        }
    }
}
