/// A whole message of which it has been checked that it can go on the wire as it is: what couriers take.
///
/// Checked are the rules that hold off smuggling and injection whatever made the bytes: CR and LF only
/// together, 7-bit, no NUL, no line over 998 octets (RFC 5321, section 4.5.3.1.6; RFC 5322, section
/// 2.1.1), a header of nothing but fields, and one empty line after it.
public struct FinalBytes: Hashable, Sendable {
    /// The message, ending with CRLF.
    public let bytes: [UInt8]

    /// - Parameter bytes: A message: fields, an empty line, a body.
    /// - Throws: `WireFault` for the first thing that may not be.
    public init(checking bytes: [UInt8]) throws(WireFault) {
        if let fault = bytes.withUnsafeBytes({ Self.fault(in: $0) }) { throw fault }
        self.bytes = bytes
    }

    private static func fault(in bytes: UnsafeRawBufferPointer) -> WireFault? {
        var lineStart = 0
        var inHeader = true
        var index = 0
        while index < bytes.count {
            // Most of a line has nothing to look at, so it is passed by in larger steps first.
            while index + 32 <= bytes.count {
                let all =
                    events(in: bytes, at: index) | events(in: bytes, at: index + 8)
                    | events(in: bytes, at: index + 16) | events(in: bytes, at: index + 24)
                guard all == 0 else { break }
                index += 32
            }
            while index + 8 <= bytes.count {
                let events = events(in: bytes, at: index)
                guard events == 0 else {
                    index += events.trailingZeroBitCount / 8
                    break
                }
                index += 8
            }
            guard index < bytes.count else { break }
            switch bytes[index] {
            case .carriageReturn:
                guard index + 1 < bytes.count, bytes[index + 1] == .lineFeed else {
                    return .bareBreak(offset: index)
                }
                if index - lineStart > FieldWriter.lineLimit { return .longLine(offset: lineStart) }
                if inHeader {
                    let line = UnsafeRawBufferPointer(rebasing: bytes[lineStart..<index])
                    if line.isEmpty {
                        guard lineStart > 0 else { return .badHeader(offset: 0) }
                        inHeader = false
                    } else if !isFieldLine(line, isFirst: lineStart == 0) {
                        return .badHeader(offset: lineStart)
                    }
                }
                index += 2
                lineStart = index
            case .lineFeed: return .bareBreak(offset: index)
            case 0, 0x80...: return .badByte(bytes[index], offset: index)
            default: index += 1
            }
        }
        if inHeader { return .noBody }
        return lineStart == bytes.count ? nil : .bareBreak(offset: bytes.count)
    }

    /// A field's first line has a name and a colon; a folded line starts with a blank and has more.
    private static func isFieldLine(_ line: UnsafeRawBufferPointer, isFirst: Bool) -> Bool {
        if line[0].isBlank { return !isFirst && line.contains { !$0.isBlank } }
        guard let colon = line.firstIndex(of: .colon), colon > 0 else { return false }
        return line[..<colon].allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// The high bit of each of eight bytes that is a control or outside ASCII; no carries cross the bytes,
    /// since each sum stays under 0x100.
    private static func events(in bytes: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
        let bytes = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs = ones * 0x80
        let atLeastSpace = (bytes & ~highs) + ones * 0x60
        return (bytes | ~atLeastSpace) & highs
    }
}

/// What a message that goes on the wire may not have. Offsets count octets from 0.
public enum WireFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A CR or LF alone, or no CRLF at the end.
    case bareBreak(offset: Int)
    /// A NUL or a byte outside ASCII.
    case badByte(UInt8, offset: Int)
    /// A line of more than 998 octets.
    case longLine(offset: Int)
    /// A line of the header that is neither a field nor a fold.
    case badHeader(offset: Int)
    /// No empty line after the header.
    case noBody

    /// One sentence: what is wrong and where.
    public var description: String {
        switch self {
        case .bareBreak(let offset): "The message has a line break other than CRLF at octet \(offset)."
        case .badByte(let byte, let offset):
            "The message has the byte \(byte) at octet \(offset), which is not 7-bit text."
        case .longLine(let offset): "The line at octet \(offset) of the message has more than 998 octets."
        case .badHeader(let offset): "The header line at octet \(offset) of the message is no field."
        case .noBody: "The message has no empty line after its header."
        }
    }
}
