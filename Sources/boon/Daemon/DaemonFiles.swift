import Campaigns
import Foundation
import Logging
import Model
import Planning
import Recording
import Synchronization

/// What the daemon works by: the workspace's files as they were last read and found sound.
final class DaemonFiles: Sendable {
    /// One reading of the files.
    struct Reading: Sendable {
        let workspace: Workspace
        /// Counts the readings, from 1.
        let generation: Int

        /// A planner of what these files schedule.
        func planner(_ store: Store) -> Planner {
            Planner(store: store, definitions: workspace.definitions, home: workspace.zone)
        }
    }

    private let logger: Logger
    private let status: DaemonStatus
    private let reading: Mutex<Reading>

    /// - Throws: `Failure` when the files are wrong at the start.
    init(_ workspace: Workspace, logger: Logger, status: DaemonStatus) throws {
        try workspace.requireSoundDefinitions()
        (self.logger, self.status) = (logger, status)
        reading = Mutex(Reading(workspace: workspace, generation: 1))
    }

    var current: Reading { reading.withLock { $0 } }

    /// Reads the files again, which blocks. Broken ones change nothing: the last good reading stays, and what is wrong is said.
    /// The relays stay those of the start.
    func readAgain() {
        let path = current.workspace.path
        do {
            let fresh = try Workspace(path: path)
            try fresh.requireSoundDefinitions()
            reading.withLock { $0 = Reading(workspace: fresh, generation: $0.generation + 1) }
            status.note(filesTrouble: nil)
            logger.info("files read again", metadata: ["campaigns": "\(fresh.definitions.campaigns.count)"])
        } catch {
            let trouble =
                "the files on the disk are wrong, 'boon check' tells where; those that were read before stay in force"
            status.note(filesTrouble: trouble)
            logger.error("\(trouble)")
        }
    }
}
