import Foundation
import Model

/// Reads a journal's lines in order from a checkpoint on, sealed files and the active one as one, checking each.
struct JournalReader {
    /// What stands next in the journal.
    enum Step {
        /// A line whose sum is right; the checkpoint is behind it.
        case line(JournalLine.Checked, Checkpoint)
        /// A line that is not what was written; nothing after it is read.
        case broken(JournalPlace, Damage)
        case end
    }

    /// What is wrong from a broken line on.
    struct Damage {
        /// Whether a line after the broken one builds properly on its predecessor, so that this is no torn tail.
        let isFollowedByGoodLines: Bool
        let reason: String
    }

    private var paths: ArraySlice<(number: Int, path: String)>
    private var lines: LineReader?
    /// Behind the last good line.
    private(set) var position: Checkpoint
    /// Where the last line that was read begins.
    private(set) var place: JournalPlace

    init(_ files: JournalFiles, from checkpoint: Checkpoint) throws(StoreError) {
        position = checkpoint
        place = JournalPlace(path: files.activePath, line: checkpoint.line + 1, offset: checkpoint.offset)
        paths = try files.paths(from: checkpoint.file)[...]
        try openNext(at: checkpoint.offset)
    }

    mutating func next() throws(StoreError) -> Step {
        while true {
            guard let line = try lines?.next() else {
                if paths.isEmpty { return .end }
                position = Checkpoint(
                    file: position.file + 1, offset: 0, line: 0, seq: position.seq, sum: position.sum)
                try openNext(at: 0)
                continue
            }
            place = JournalPlace(path: lines?.path ?? "", line: position.line + 1, offset: position.offset)
            if line.isComplete,
                let checked = JournalLine.check(line.bytes, seq: position.seq + 1, after: position.sum)
            {
                position.offset += Int64(line.bytes.count) + 1
                position.line += 1
                position.seq += 1
                position.sum = checked.sum
                return .line(checked, position)
            }
            return .broken(place, try damage(of: line))
        }
    }

    private mutating func openNext(at offset: Int64) throws(StoreError) {
        guard let (number, path) = paths.popFirst() else { return }
        position.file = number
        lines = try LineReader(path, from: offset)
    }

    /// A torn tail is the unfinished write of one commit: nothing behind it builds on anything.
    private mutating func damage(of line: LineReader.Line) throws(StoreError) -> Damage {
        var previous = JournalLine.claimedSum(line.bytes)
        var isFollowed = !paths.isEmpty
        while !isFollowed, let line = try lines?.next() {
            if let sum = previous, let claimed = JournalLine.claimedSum(line.bytes) {
                isFollowed = ChainSum(of: line.bytes.dropLast(JournalLine.tailLength), after: sum) == claimed
            }
            previous = JournalLine.claimedSum(line.bytes)
        }
        return Damage(
            isFollowedByGoodLines: isFollowed,
            reason: line.isComplete
                ? "the line is not what Boon wrote here as record \(position.seq + 1)"
                : "the line has no end")
    }
}

/// Cuts a file into lines, a block at a time.
struct LineReader {
    struct Line {
        /// The line without its line break.
        let bytes: ArraySlice<UInt8>
        /// Whether a line break follows.
        let isComplete: Bool
    }

    let path: String
    private let file: File?
    private var offset: Int64
    private var block: ArraySlice<UInt8> = []

    private static let blockSize = 1 << 18

    /// Begins at an offset of a file; one that does not exist has no lines.
    init(_ path: String, from offset: Int64) throws(StoreError) {
        self.path = path
        self.offset = offset
        file = try File(path, flags: O_RDONLY)
    }

    mutating func next() throws(StoreError) -> Line? {
        var searched = block.startIndex
        while true {
            if let end = block[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { block = block[(end + 1)...] }
                return Line(bytes: block[..<end], isComplete: true)
            }
            let pending = block.count
            guard try readBlock() else {
                defer { block = [] }
                return block.isEmpty ? nil : Line(bytes: block, isComplete: false)
            }
            searched = block.startIndex + pending
        }
    }

    private mutating func readBlock() throws(StoreError) -> Bool {
        guard let bytes = try file?.read(at: offset, count: max(Self.blockSize, block.count)), !bytes.isEmpty
        else {
            return false
        }
        offset += Int64(bytes.count)
        block = block.isEmpty ? bytes[...] : (Array(block) + bytes)[...]
        return true
    }
}
