/// One piece of a source at a time, and how far it has been taken.
struct Chunk {
    private let source: any ByteSource
    private(set) var bytes: [UInt8]
    private(set) var count = 0
    /// The next byte to take.
    var index = 0
    /// All bytes of the pieces before this one.
    private var earlier = 0

    /// Reads the first piece as full as the source allows, so that a header can be looked at as a whole.
    init(_ source: any ByteSource, capacity: Int) throws(ImportError) {
        self.source = source
        bytes = [UInt8](repeating: 0, count: capacity)
        var last = 1
        while count < capacity, last > 0 {
            last = try fill(from: count)
            count += last
        }
    }

    /// Bytes taken so far.
    var taken: Int { earlier + index }

    /// Makes sure that a byte is there to take.
    /// - Returns: False at the end of the source.
    mutating func refill() throws(ImportError) -> Bool {
        if index < count { return true }
        earlier += count
        (index, count) = (0, 0)
        count = try fill(from: 0)
        return count > 0
    }

    /// Passes over the mark that Windows programs put before UTF-8.
    /// - Throws: `ImportError` when the mark says UTF-16, which spreadsheets write as "Unicode text".
    mutating func takeByteOrderMark() throws(ImportError) {
        let start = bytes.prefix(count)
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw ImportError(.input, "The file is in UTF-16; save it as UTF-8.")
        }
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    private mutating func fill(from start: Int) throws(ImportError) -> Int {
        let source = source
        // A typed error does not pass through the standard library's closure, hence the result.
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(ImportError) in
                try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
            }
        }
        return try result.get()
    }
}
