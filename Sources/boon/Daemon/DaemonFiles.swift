import Campaigns
import Delivering
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
        /// The relays, and what they were given: those of the last reading as long as boon.yaml says the same of them.
        let pool: RelayPool
        /// Counts the readings, from 1.
        let generation: Int

        /// - Throws: `Failure`, `TemplateFileError` while anything is wrong with the files: a run that is planned with
        ///   them stays with them.
        fileprivate init(_ workspace: Workspace, after last: Reading?, _ store: Store) throws {
            try workspace.requireSoundFiles()
            self.workspace = workspace
            generation = (last?.generation ?? 0) + 1
            files = try workspace.scheduledFiles()
            if let last, last.workspace.settings.mailsAlike(workspace.settings) {
                pool = last.pool
            } else {
                pool = try workspace.relayPool(store, waitsForRelays: true)
            }
        }

        /// A planner of what these files schedule.
        func planner(_ store: Store) -> Planner {
            Planner(store: store, definitions: workspace.definitions, home: workspace.zone, files: files)
        }
    }

    private let store: Store
    private let lease: DaemonLease
    private let logger: Logger
    private let status: DaemonStatus
    private let reading: Mutex<Reading>

    /// - Throws: `Failure` when the files are wrong at the start, `StoreError`.
    init(
        _ workspace: Workspace, store: Store, lease: DaemonLease, logger: Logger, status: DaemonStatus
    ) throws {
        (self.store, self.lease, self.logger, self.status) = (store, lease, logger, status)
        let first = try Reading(workspace, after: nil, store)
        reading = Mutex(first)
        try lease.note(files: first.files.id)
    }

    var current: Reading { reading.withLock { $0 } }

    /// Reads the files again, which blocks. Broken ones change nothing: the last good reading stays, and what is
    /// wrong is said.
    func readAgain() {
        let last = current
        do {
            let fresh = try Reading(Workspace(path: last.workspace.path), after: last, store)
            reading.withLock { $0 = fresh }
            // Only a hint for 'boon plan': what it cannot be written for keeps nothing from going on.
            try? lease.note(files: fresh.files.id)
            status.note(filesTrouble: nil)
            logger.info(
                "files read again", metadata: ["campaigns": "\(fresh.workspace.definitions.campaigns.count)"])
        } catch {
            let trouble =
                "the files on the disk are wrong, 'boon check' tells where; those that were read before stay in force"
            status.note(filesTrouble: trouble)
            logger.error("\(trouble)", metadata: ["why": "\(Failure(error).description)"])
        }
    }
}

extension Settings {
    /// Whether mail goes by the same relays, with the same signature.
    fileprivate func mailsAlike(_ other: Settings) -> Bool {
        relays == other.relays && dkim == other.dkim
    }
}
