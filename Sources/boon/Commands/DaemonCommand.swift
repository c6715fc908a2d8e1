import ArgumentParser
import Foundation
import Logging
import Model
import Recording
import Responding
import UnixSignals

/// `boon daemon`: plans and sends on schedule, and reads bounces.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Plan and send on schedule and read bounces, until SIGTERM or Ctrl-C.",
        discussion: """
            SIGHUP reads the workspace's files again; broken ones change nothing. How it is stands on \
            http://127.0.0.1:PORT/health and /metrics (Prometheus).
            """)

    @OptionGroup var place: WorkspaceOptions
    @Option(
        help: ArgumentHelp(
            "The port of 127.0.0.1 for /health and /metrics; 0 takes any that is free.", valueName: "port"))
    var healthPort = 8081

    func validate() throws {
        guard (0...65535).contains(healthPort) else { throw ValidationError("--health-port is 0 to 65535.") }
    }

    func run() async throws {
        let workspace = try place.open()
        let store = try workspace.store()
        guard let lease = try DaemonLease(in: store) else {
            throw Failure.input(
                "a daemon works on '\(URL(filePath: workspace.path).standardizedFileURL.path)' already; there is one "
                    + "for each workspace")
        }
        LoggingSystem.bootstrap(LineLog.init)
        let logger = Logger(label: "boon")
        let daemon = try Daemon(workspace, store: store, lease: lease, logger: logger)
        // Before it does anything: a signal that comes sooner than this would end it at once.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await daemon.run() }
            group.addTask { try await watch(daemon, logger) }
            group.addTask { await heed(signals, daemon.files, logger) }
            // Whichever ends first, the work or the wait for a signal, ends the others.
            defer { group.cancelAll() }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
        logger.info("stopped")
        withExtendedLifetime(lease) {}
    }

    /// Answers on the status pages until the task is cancelled.
    private func watch(_ daemon: Daemon, _ logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = .critical
        do {
            try await HealthServer(port: healthPort, report: { await daemon.report().report }).run(
                logger: quiet
            ) { port in
                logger.info("working", metadata: ["health": "http://127.0.0.1:\(port)/health"])
            }
        } catch let error as PortTaken {
            throw Failure.outside("\(error); stop that, or choose another port with --health-port")
        }
    }

    /// Waits for SIGTERM or Ctrl-C, reading the files again with every SIGHUP.
    private func heed(_ signals: UnixSignalsSequence, _ files: DaemonFiles, _ logger: Logger) async {
        for await signal in signals {
            guard signal == .sighup else { return logger.info("stopping", metadata: ["signal": "\(signal)"]) }
            try? await Blocking.run { files.readAgain() }
        }
    }
}
