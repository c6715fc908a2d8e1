import Foundation

/// An open file, closed with its last reference. Short writes and interrupts are seen to here.
final class File: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens a file with the flags of open(2). One that is made belongs to its owner alone, and to the group where that
    /// may read the folder.
    /// - Returns: nil when there is no such file and `O_CREAT` was not asked for.
    init?(_ path: String, flags: Int32) throws(StoreError) {
        self.path = path
        var mode: mode_t = 0o600
        if flags & O_CREAT != 0 {
            mode |= File.group(of: (path as NSString).deletingLastPathComponent) & 0o040
        }
        descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor < 0 else { return }
        if errno == ENOENT && flags & O_CREAT == 0 { return nil }
        throw File.failure(path, "opened")
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The length in bytes.
    func size() throws(StoreError) -> Int64 {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure("read") }
        return Int64(information.st_size)
    }

    /// Whether its path still leads to it, and not to a file that has taken its place.
    func isStillThere() throws(StoreError) -> Bool {
        var (mine, there) = (stat(), stat())
        guard fstat(descriptor, &mine) == 0 else { throw failure("read") }
        return stat(path, &there) == 0 && (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
    }

    /// Reads at most `count` bytes from an offset; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws(StoreError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let length = pread(descriptor, start + filled, count - filled, off_t(offset) + off_t(filled))
                if length < 0 && errno == EINTR { continue }
                failed = length < 0
                if length <= 0 { return }
                filled += length
            }
        }
        if failed { throw failure("read") }
        return bytes
    }

    /// Writes all bytes at an offset. What a failure has left behind is the caller's to cut off.
    func write(_ bytes: [UInt8], at offset: Int64) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let length = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written,
                    off_t(offset) + off_t(written))
            }
            if length < 0 && errno == EINTR { continue }
            guard length > 0 else { throw failure("written") }
            written += length
        }
    }

    /// Copies what is from an offset on to the beginning of another file, a block at a time.
    func copy(from offset: Int64, to other: File) throws(StoreError) {
        var copied: Int64 = 0
        while true {
            let block = try read(at: offset + copied, count: 1 << 18)
            if block.isEmpty { return }
            try other.write(block, at: copied)
            copied += Int64(block.count)
        }
    }

    func truncate(to length: Int64) throws(StoreError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw failure("cut back") }
    }

    /// Waits until the content is on the disk.
    func sync() throws(StoreError) {
        guard fdatasync(descriptor) == 0 else {
            throw .syncFailed(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Waits until no other process holds the lock of this file, and takes it.
    func lock() throws(StoreError) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure("locked") }
        }
    }

    /// Waits until no other process holds the lock for itself, and shares it with those that only look.
    func lockForLooking() throws(StoreError) {
        while flock(descriptor, LOCK_SH) != 0 {
            guard errno == EINTR else { throw failure("locked") }
        }
    }

    /// Takes the lock unless another holds it.
    func tryLock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// `F_OFD_GETLK` and `F_OFD_SETLK` of Linux, macros that Swift does not import.
    private static let (getDescriptionLock, setDescriptionLock): (Int32, Int32) = (36, 37)

    /// Takes the lock of one byte unless another has it, in this process too (fcntl(2), open file description locks):
    /// one file holds any number of locks.
    func tryLock(byte: Int64) -> Bool {
        var range = Self.range(of: byte)
        return fcntl(descriptor, Self.setDescriptionLock, &range) == 0
    }

    /// Whether another has the lock of one byte. The file may be open for reading alone.
    func isLocked(byte: Int64) throws(StoreError) -> Bool {
        var range = Self.range(of: byte)
        guard fcntl(descriptor, Self.getDescriptionLock, &range) == 0 else { throw failure("read") }
        return range.l_type != Int16(F_UNLCK)
    }

    private static func range(of byte: Int64) -> flock {
        flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: off_t(byte), l_len: 1, l_pid: 0)
    }

    func unlock() {
        _ = flock(descriptor, LOCK_UN)
    }

    private func failure(_ action: String) -> StoreError {
        File.failure(path, action)
    }

    static func failure(_ path: String, _ action: String) -> StoreError {
        .io(path: path, action: action, reason: String(cString: strerror(errno)))
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Whether this process may make files in a folder.
    static func mayWrite(_ folder: String) -> Bool {
        access(folder, W_OK) == 0
    }

    /// What the group of a folder may do with what is made in there. Nothing, unless somebody has said by `chmod g+s`
    /// that the folder is the group's: a folder made with the usual mode must not open the stores to anybody.
    private static func group(of folder: String) -> mode_t {
        var information = stat()
        guard stat(folder, &information) == 0, information.st_mode & S_ISGID != 0 else { return 0 }
        return information.st_mode & (S_ISGID | 0o070)
    }

    /// Makes a folder that only its owner may enter, and those above it; one that is there already is left as it is.
    /// - Parameter store: the folder around it whose group may enter it too, where it may enter that.
    static func makeFolder(_ path: String, in store: String? = nil) throws(StoreError) {
        let mode = 0o700 | (store.map(group) ?? 0) & (S_ISGID | 0o050)
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        } catch {
            throw .io(path: path, action: "made", reason: obstacle(at: path) ?? error.localizedDescription)
        }
    }

    /// What stands where a folder is to be.
    private static func obstacle(at path: String) -> String? {
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            return "it is a link to '\(target)', which is no folder"
        }
        return FileManager.default.fileExists(atPath: path) ? "there is a file of this name" : nil
    }

    /// Makes new and renamed names in a folder durable.
    static func syncFolder(_ path: String) throws(StoreError) {
        guard let folder = try File(path, flags: O_RDONLY | O_DIRECTORY) else { throw .missingFile(path) }
        try folder.sync()
    }
}
