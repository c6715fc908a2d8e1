import Foundation
import Model

/// Writes one journal. Only the holder of the store's lock calls it, one thread at a time.
final class Journal {
    let files: JournalFiles
    private var active: (number: Int, file: File)?

    init(_ files: JournalFiles) {
        self.files = files
    }

    /// Appends lines behind a checkpoint, with one write. A failed or short write is cut off again.
    func append(_ bytes: [UInt8], after checkpoint: Checkpoint) throws(StoreError) {
        let file = try open(checkpoint.file)
        do throws(StoreError) {
            try file.write(bytes, at: checkpoint.offset)
        } catch {
            try file.truncate(to: checkpoint.offset)
            throw error
        }
    }

    /// Takes back what was appended behind a checkpoint and not synced yet.
    func takeBack(to checkpoint: Checkpoint) throws(StoreError) {
        try open(checkpoint.file).truncate(to: checkpoint.offset)
    }

    /// Waits until what was appended is on the disk.
    func sync() throws(StoreError) {
        try active?.file.sync()
    }

    /// Cuts the journal at a checkpoint and keeps what was behind it in `torn/`.
    /// - Returns: the file that now holds the tail.
    func cutTail(at checkpoint: Checkpoint) throws(StoreError) -> String {
        let file = try open(checkpoint.file)
        let tail = try file.read(at: checkpoint.offset, count: Int(try file.size() - checkpoint.offset))
        let folder = "\(files.folder)/torn"
        try File.makeFolder(folder)
        var path = "\(folder)/\(files.store.rawValue)-\(checkpoint.file)-\(checkpoint.offset).jsonl"
        while File.exists(path) { path += "x" }
        if let copy = try File(path, flags: O_WRONLY | O_CREAT | O_EXCL) {
            try copy.write(tail, at: 0)
            try copy.sync()
        }
        try File.syncFolder(folder)
        try file.truncate(to: checkpoint.offset)
        try file.sync()
        return path
    }

    /// Renames the active file to its number, so that the next record begins a new one.
    func seal(_ checkpoint: Checkpoint) throws(StoreError) {
        let path = files.sealedPath(checkpoint.file)
        guard rename(files.activePath, path) == 0 else { throw File.failure(files.activePath, "renamed") }
        active = nil
        try File.syncFolder(files.folder)
    }

    private func open(_ number: Int) throws(StoreError) -> File {
        if let active, active.number == number { return active.file }
        let isNew = !File.exists(files.activePath)
        guard let file = try File(files.activePath, flags: O_RDWR | O_CREAT) else {
            throw .missingFile(files.activePath)
        }
        if isNew { try File.syncFolder(files.folder) }
        active = (number, file)
        return file
    }
}
