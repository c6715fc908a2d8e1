import Foundation

/// Where bytes come from, piece by piece.
protocol ByteSource {
    /// Fills the front of a buffer.
    /// - Returns: How many bytes it got; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImportError) -> Int
}

/// A file, read from its start to its end.
final class FileSource: ByteSource {
    /// Its length in bytes when it was opened.
    let size: Int
    private let descriptor: Int32

    /// - Throws: `ImportError` when it cannot be opened or is no ordinary file: an order file is read twice,
    ///   which a pipe does not allow.
    init(path: String) throws(ImportError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ImportError(.input, "The file cannot be opened: \(String(cString: strerror(errno))).")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ImportError(.input, "This is no file; name a file of comma-separated values or JSON Lines.")
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ImportError) -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR {
                throw ImportError(.outside, "The file cannot be read: \(String(cString: strerror(errno))).")
            }
        }
    }
}
