import Foundation
import Model

/// Writes one journal. Only the holder of the store's lock calls it, one thread at a time.
final class Journal {
    let files: JournalFiles
    private var active: (number: Int, file: File)?

    init(_ files: JournalFiles) {
        self.files = files
    }

    /// Writes lines. What a failed or short write has left is the caller's to take back.
    /// - Parameters:
    ///   - number: the active file's.
    ///   - offset: the byte that they begin at.
    func write(_ bytes: [UInt8], to number: Int, at offset: Int64) throws(StoreError) {
        try open(number).write(bytes, at: offset)
    }

    /// Takes back what was written behind a checkpoint and not synced yet.
    func takeBack(to checkpoint: Checkpoint) throws(StoreError) {
        try open(checkpoint.file).truncate(to: checkpoint.offset)
    }

    /// Waits until what was written is on the disk.
    func sync() throws(StoreError) {
        try active?.file.sync()
    }

    /// Cuts the journal at a checkpoint and keeps what was behind it in `torn/`.
    /// - Returns: the file that now holds the tail.
    func cutTail(at checkpoint: Checkpoint) throws(StoreError) -> String {
        let file = try open(checkpoint.file)
        let folder = "\(files.folder)/torn"
        try File.makeFolder(folder)
        var path = "\(folder)/\(files.store.rawValue)-\(checkpoint.file)-\(checkpoint.offset).jsonl"
        while File.exists(path) { path += "x" }
        if let copy = try File(path, flags: O_WRONLY | O_CREAT | O_EXCL) {
            try file.copy(from: checkpoint.offset, to: copy)
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
        if let active, active.number == number, try active.file.isStillThere() { return active.file }
        let isNew = !File.exists(files.activePath)
        guard let file = try File(files.activePath, flags: O_RDWR | O_CREAT) else {
            throw .missingFile(files.activePath)
        }
        if isNew { try File.syncFolder(files.folder) }
        active = (number, file)
        return file
    }
}
