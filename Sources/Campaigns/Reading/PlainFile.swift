import Foundation

/// Reads files that a workspace names, whatever is really there.
package enum PlainFile {
    /// Why a file that is there cannot be read.
    package enum Problem: Error {
        /// A link to nothing, or one in a circle.
        case brokenLink
        /// A folder, a pipe, a device.
        case notPlain
        /// The system's words.
        case unreadable(String)
    }

    /// What a file holds, links followed.
    /// - Parameter limit: in bytes; what stands behind is not read.
    /// - Returns: nil where there is nothing.
    package static func bytes(_ path: String, upTo limit: Int) throws(Problem) -> [UInt8]? {
        if isBrokenLink(path) { throw .brokenLink }
        // Opened without waiting: a pipe that nobody writes to would hold up its reader for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: return nil
            case ENXIO: throw .notPlain
            default: throw .unreadable(String(cString: strerror(errno)))
            }
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
        do {
            return Array(try file.read(upToCount: limit) ?? Data())
        } catch {
            throw .unreadable(error.localizedDescription)
        }
    }

    /// Whether there is a link, and nothing behind it.
    package static func isBrokenLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && stat(path, &status) != 0
            && [ENOENT, ENOTDIR, ELOOP].contains(errno)
    }
}
