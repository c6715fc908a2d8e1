import Foundation

/// The right to be the daemon of a workspace: one process has it at a time, and loses it when it ends, however it
/// ends.
package final class DaemonLease: Sendable {
    private let file: File

    /// Takes the right.
    /// - Returns: nil while another process has it.
    /// - Throws: `StoreError`.
    package init?(in store: Store) throws {
        guard let file = try File("\(store.folder)/daemon.lock", flags: O_RDWR | O_CREAT),
            file.tryLock(byte: 0)
        else { return nil }
        self.file = file
    }

    /// Whether a daemon works on a store now. Takes nothing, so that whoever looks keeps no daemon from starting.
    /// - Throws: `StoreError`.
    package static func isTaken(in store: Store) throws -> Bool {
        guard let file = try File("\(store.folder)/daemon.lock", flags: O_RDONLY) else { return false }
        return try file.isLocked(byte: 0)
    }
}
