import Foundation

/// Files that people name on the command line, and pipes: `/dev/stdin`, or `<(...)` of a shell.
enum InputFile {
    /// In bytes: a pipe may go on for ever.
    private static let limit = 64 << 20
    private static let chunk = 64 << 10

    /// The text of a file; of a pipe what comes until its writer ends.
    /// - Throws: `Failure` when it cannot be read, has more than 64 MB or is not UTF-8.
    static func text(_ path: String) throws -> String {
        guard let bytes = try bytes(path) else {
            throw Failure.input("\(path) has more than 64 MB; give a smaller one")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure.input("\(path) is not UTF-8; save it as UTF-8")
        }
        return text
    }

    /// Nothing when there are too many.
    private static func bytes(_ path: String) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        guard let file = FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        do {
            while let more = try file.read(upToCount: chunk), !more.isEmpty {
                bytes += more
                if bytes.count > limit { return nil }
            }
        } catch {
            throw unreadable(path)
        }
        return bytes
    }

    private static func unreadable(_ path: String) -> Failure {
        .input("\(path) cannot be read; check that it is a file, is there and may be read")
    }
}
