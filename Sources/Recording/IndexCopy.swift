import Foundation

/// A copy of the index for somebody who may read the store and write nothing there. While no other process has the index
/// open, SQLite would have to make files beside it, so it reads a copy of its own.
struct IndexCopy {
    /// The folder of this copy, which nobody else may enter.
    let folder: String

    /// Makes a copy while nobody writes; nil where the index can be read in its place.
    /// - Parameter lock: the store's.
    init?(whereNeededOf store: String, lock: File) throws(StoreError) {
        if File.mayWrite(store) || Index.isOpen(in: store) { return nil }
        folder = FileManager.default.temporaryDirectory.appending(path: "boon-\(UUID().uuidString)").path
        try File.makeFolder(folder)
        try lock.lockForLooking()
        defer { lock.unlock() }
        // Pages that are on their way into the index stand in the file beside it until they are there.
        for suffix in ["-wal", ""] where File.exists(Index.path(store) + suffix) {
            do {
                try FileManager.default.copyItem(
                    atPath: Index.path(store) + suffix, toPath: Index.path(folder) + suffix)
            } catch {
                remove()
                throw .io(
                    path: Index.path(store) + suffix, action: "copied", reason: error.localizedDescription)
            }
        }
    }

    /// Takes the names away, so that no copy outlives its process: who has the files open reads on.
    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
