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
        /// What runs that are planned now are sent with.
        let files: DefinitionFiles
        /// Counts the readings, from 1.
        let generation: Int

        /// - Throws: `Failure`, `TemplateFileError` while anything is wrong with the files: a run that is planned with
        ///   them stays with them.
        fileprivate init(_ workspace: Workspace, generation: Int) throws {
            try workspace.requireSoundFiles()
            (self.workspace, self.generation) = (workspace, generation)
            files = try workspace.definitionFiles()
        }

        /// A planner of what these files schedule.
        func planner(_ store: Store) -> Planner {
            Planner(store: store, definitions: workspace.definitions, home: workspace.zone, files: files)
        }
    }

    private let logger: Logger
    private let status: DaemonStatus
    private let reading: Mutex<Reading>

    /// - Throws: `Failure` when the files are wrong at the start.
    init(_ workspace: Workspace, logger: Logger, status: DaemonStatus) throws {
        (self.logger, self.status) = (logger, status)
        reading = Mutex(try Reading(workspace, generation: 1))
    }

    var current: Reading { reading.withLock { $0 } }

    /// Reads the files again, which blocks. Broken ones change nothing: the last good reading stays, and what is wrong is said.
    /// The relays stay those of the start.
    func readAgain() {
        let last = current
        do {
            let fresh = try Reading(Workspace(path: last.workspace.path), generation: last.generation + 1)
            reading.withLock { $0 = fresh }
            status.note(filesTrouble: nil)
            logger.info(
                "files read again", metadata: ["campaigns": "\(fresh.workspace.definitions.campaigns.count)"])
        } catch {
            let trouble =
                "the files on the disk are wrong, 'boon check' tells where; those that were read before stay in force"
            status.note(filesTrouble: trouble)
            logger.error("\(trouble)")
        }
    }
}
