import Foundation

/// A file that nobody but its owner may read: keys and secrets.
enum PrivateFile {
    /// Writes a file, never over one that is there.
    /// - Throws: `Failure`; what was begun is gone then.
    static func create(_ bytes: [UInt8], at path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? Failure.input("\(path) is there already and is kept; choose another name")
                : unwritable(path)
        }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let failure = unwritable(path)
            unlink(path)
            throw failure
        }
    }

    /// That a file cannot be written, for the reason in `errno`.
    static func unwritable(_ path: String) -> Failure {
        .outside("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
