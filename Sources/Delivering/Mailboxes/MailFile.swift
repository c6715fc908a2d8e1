import Foundation

/// Files of mail that another program may move or write meanwhile.
enum MailFile {
    /// A message in a file of its own.
    /// - Returns: nil for what is no plain file, or gone by now.
    static func message(_ name: String, in folder: String) throws(MailboxError) -> MailboxMessage? {
        let path = "\(folder)/\(name)"
        // Neither a link nor a pipe leads anywhere, or waits.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if [ENOENT, ELOOP, ENXIO].contains(errno) { return nil }
            throw failure(path)
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        if status.st_size > MailboxLimits.message { return MailboxMessage(name: name, bytes: nil) }
        do { return MailboxMessage(name: name, bytes: Array(try file.readToEnd() ?? Data())) } catch {
            throw failure(path)
        }
    }

    /// The names in a folder, sorted.
    static func names(in folder: String) throws(MailboxError) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw .file(path: folder, reason: "it is no folder that can be listed")
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// What the system says went wrong last.
    static func failure(_ path: String) -> MailboxError {
        .file(path: path, reason: String(cString: strerror(errno)))
    }
}
