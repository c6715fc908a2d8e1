import Foundation

/// The right to send a run: one process has it at a time, and loses it when it ends, however it ends.
package final class SendingLease: Sendable {
    private let file: File

    /// Takes the right to send a run.
    /// - Parameters:
    ///   - run: what the index knows the run by.
    ///   - store: the store that the run is in.
    /// - Returns: nil while it is taken, by another process or by this one.
    /// - Throws: `StoreError`.
    package init?(run: Int64, in store: Store) throws {
        let folder = try store.makeSendingFolder()
        guard let file = try File("\(folder)/lock", flags: O_RDWR | O_CREAT), file.tryLock(byte: run) else {
            return nil
        }
        self.file = file
    }

    /// Whether a process sends a run now. Takes nothing, so that whoever looks keeps nobody from sending.
    /// - Throws: `StoreError`.
    package static func isTaken(run: Int64, in store: Store) throws -> Bool {
        guard let file = try File("\(store.folder)/sending/lock", flags: O_RDONLY) else { return false }
        return try file.isLocked(byte: run)
    }
}
