import Foundation

/// The right to be the daemon of a workspace: one process has it at a time, and loses it when it ends, however it
/// ends. Whoever has it notes which files it works by.
package final class DaemonLease: Sendable {
    private let file: File

    /// The byte whose lock is the right: unlike a lock of the file, others can look for it without taking it.
    private static let byte: Int64 = 0

    /// Takes the right.
    /// - Returns: nil while another process has it.
    /// - Throws: `StoreError`.
    package init?(in store: Store) throws {
        guard let file = try File(Self.path(in: store), flags: O_RDWR | O_CREAT),
            file.tryLock(byte: Self.byte)
        else { return nil }
        self.file = file
        try file.truncate(to: 0)
    }

    /// Whether a daemon works on a store now. Takes nothing, so that whoever looks keeps no daemon from starting.
    /// - Throws: `StoreError`.
    package static func isTaken(in store: Store) throws -> Bool {
        guard let file = try File(path(in: store), flags: O_RDONLY) else { return false }
        return try file.isLocked(byte: byte)
    }

    /// Notes which files the daemon works by from now on.
    /// - Parameter files: `DefinitionFiles.id`.
    /// - Throws: `StoreError`.
    package func note(files: String) throws {
        try file.write(Array(files.utf8), at: 0)
    }

    /// Which files the daemon that runs works by.
    /// - Returns: nil when none runs, when it has not said yet, or to whom may not read it.
    package static func files(in store: Store) -> String? {
        guard (try? isTaken(in: store)) == true, let file = try? File(path(in: store), flags: O_RDONLY),
            let noted = try? file.read(at: 0, count: DefinitionFiles.idLength), !noted.isEmpty
        else { return nil }
        return String(decoding: noted, as: UTF8.self)
    }

    private static func path(in store: Store) -> String { "\(store.folder)/daemon.lock" }
}
