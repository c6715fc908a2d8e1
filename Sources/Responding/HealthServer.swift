import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Tells those who watch over the daemon how it is, on `/health` and `/metrics`. Listens where only this machine can
/// ask: what it tells is nobody else's business.
package struct HealthServer: Sendable {
    /// How the daemon is at an instant.
    package struct Report: Sendable {
        /// What keeps it from its work; empty when it is well.
        package var troubles: [String]
        package var metrics: [Metric]

        /// A report with all its parts.
        package init(troubles: [String], metrics: [Metric]) {
            (self.troubles, self.metrics) = (troubles, metrics)
        }
    }

    private let port: Int
    private let report: @Sendable () async -> Report

    /// - Parameters:
    ///   - port: of 127.0.0.1; 0 lets the system choose.
    ///   - report: asked with every request.
    package init(port: Int, report: @escaping @Sendable () async -> Report) {
        (self.port, self.report) = (port, report)
    }

    /// Answers until the task is cancelled.
    /// - Parameter onRunning: told the port once the server listens.
    /// - Throws: `PortTaken` when another program listens there.
    package func run(logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        let router = Router()
        router.get("/health") { _, _ in health(await report()) }
        router.get("/metrics") { _, _ in metrics(await report()) }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { await onRunning($0.localAddress?.port ?? port) }, logger: logger)
        do {
            try await serve(application, logger)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortTaken(port: port)
        }
    }

    /// Serves until the task is cancelled and then closes in order: cancelled itself, the server would trap over a
    /// connection that it has accepted and not begun to serve.
    private func serve(_ application: some Service, _ logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        let group = ServiceGroup(configuration: configuration)
        let serving = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }

    private func health(_ report: Report) -> Response {
        let isWell = report.troubles.isEmpty
        return response(
            isWell ? "ok\n" : report.troubles.map { "\($0)\n" }.joined(),
            status: isWell ? .ok : .serviceUnavailable)
    }

    private func metrics(_ report: Report) -> Response {
        response(Metric.exposition(of: report.metrics), status: .ok)
    }

    private func response(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
