import Foundation

/// The file of a `PaceBook`: a line for each name, 19 digits of nanoseconds, a blank and the name.
///
/// It is changed in place under its lock and never synced: what a crash of the machine loses is one burst. What is
/// no line is not read, so a damaged file starts afresh.
struct PaceFile: ~Copyable {
    private let path: String
    private var descriptor: Int32

    /// More than this is not of our making.
    private static let mostBytes = 1 << 20
    private static let digits = 19

    /// Opens the file, making it and its folder when they are absent.
    init(folder: String) throws(PaceBookError) {
        path = "\(folder)/pace"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        descriptor = try Self.open(path)
    }

    deinit { close(descriptor) }

    /// Reads the instants, lets `body` change them and writes them back, while no other process does.
    mutating func change<Answer>(_ body: (inout [String: Int64]) -> Answer) throws(PaceBookError) -> Answer {
        try lock()
        defer { _ = flock(descriptor, LOCK_UN) }
        let bytes = try read()
        let before = Self.parse(bytes)
        var after = before
        let answer = body(&after)
        if after != before { try write(after, over: bytes.count) }
        return answer
    }

    private static func open(_ path: String) throws(PaceBookError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PaceBookError(path: path, action: "opened") }
        return descriptor
    }

    /// Locks the file that has the name by now: the store's disposable files may be deleted at any time, and two
    /// processes on two files would send twice as much.
    private mutating func lock() throws(PaceBookError) {
        while true {
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else { throw PaceBookError(path: path, action: "locked") }
            }
            var information = stat()
            guard fstat(descriptor, &information) == 0 else {
                throw PaceBookError(path: path, action: "read")
            }
            if information.st_nlink > 0 { return }
            let replacement = try Self.open(path)
            close(descriptor)
            descriptor = replacement
        }
    }

    private func read() throws(PaceBookError) -> [UInt8] {
        var size = 4096
        while true {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                length = pread(descriptor, buffer.baseAddress, size, 0)
                count = max(length, 0)
            }
            guard length >= 0 else { throw PaceBookError(path: path, action: "read") }
            if length < size || size >= Self.mostBytes { return bytes }
            size *= 4
        }
    }

    private func write(_ dues: [String: Int64], over length: Int) throws(PaceBookError) {
        var bytes: [UInt8] = []
        for (key, due) in dues {
            let number = String(due).utf8
            guard number.count <= Self.digits else { continue }
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Self.digits - number.count))
            bytes.append(contentsOf: number)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: key.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count,
            bytes.count >= length || ftruncate(descriptor, off_t(bytes.count)) == 0
        else { throw PaceBookError(path: path, action: "written") }
    }

    /// Who is killed between the writing and the cutting leaves lines twice; the later instant counts.
    private static func parse(_ bytes: [UInt8]) -> [String: Int64] {
        var dues: [String: Int64] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let number = line.prefix(digits)
            guard line.count > digits + 1, line[line.startIndex + digits] == UInt8(ascii: " "),
                number.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let due = Int64(String(decoding: number, as: UTF8.self))
            else { continue }
            let key = String(decoding: line.dropFirst(digits + 1), as: UTF8.self)
            dues[key] = max(dues[key] ?? 0, due)
        }
        return dues
    }
}

/// The file that paces are kept in cannot be used. Nothing is sent without it, for too fast is worse than late.
package struct PaceBookError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    fileprivate init(path: String, action: String) {
        let reason = String(cString: strerror(errno))
        description =
            "\(path), which keeps the pace of relays, cannot be \(action): \(reason); see to its folder and disk, "
            + "then send again"
    }
}
