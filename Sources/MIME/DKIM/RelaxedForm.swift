/// The relaxed form of fields and bodies: what relays commonly do to blanks does not change it (RFC 6376,
/// sections 3.4.2 and 3.4.4). Lines of what comes in end with CRLF.
enum RelaxedForm {
    /// Appends a field: the name in lower case, the value on one line, single spaces, none at the ends.
    /// - Parameter field: A whole field with its folds; its last CRLF does not matter, and none is appended.
    static func append(field: some Collection<UInt8>, to output: inout [UInt8]) {
        let colon = field.firstIndex(of: .colon) ?? field.endIndex
        for byte in field[..<colon] where !byte.isBlank { output.append(byte.lowercased) }
        output.append(.colon)
        var isAfterBlank = false
        let start = output.count
        for byte in field[colon...].dropFirst() {
            switch byte {
            case .space, .tab: isAfterBlank = true
            case .carriageReturn, .lineFeed: continue
            default:
                if isAfterBlank, output.count > start { output.append(.space) }
                isAfterBlank = false
                output.append(byte)
            }
        }
    }

    /// A body: single spaces, none at the ends of lines, no empty lines at the end.
    static func body(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        // A last line without its CRLF gets one.
        output.grow(atMost: body.count + 2) { target in
            body.withUnsafeBufferPointer { copyBody($0, to: target) }
        }
        return output
    }

    /// Returns how many bytes it wrote: up to the end of the last line that is not empty. Never more than
    /// there were, but for the last CRLF, whatever the bytes are.
    private static func copyBody(
        _ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var length = 0
        var contentEnd = 0
        var isAfterBlank = false
        var hasContent = false
        func put(_ byte: UInt8) {
            target[length] = byte
            length += 1
        }
        for byte in source {
            switch byte {
            case .space, .tab: isAfterBlank = true
            case .carriageReturn, .lineFeed:
                put(byte)
                isAfterBlank = false
                guard byte == .lineFeed else { continue }
                if hasContent { contentEnd = length }
                hasContent = false
            default:
                if isAfterBlank { put(.space) }
                put(byte)
                isAfterBlank = false
                hasContent = true
            }
        }
        guard hasContent else { return contentEnd }
        put(.carriageReturn)
        put(.lineFeed)
        return length
    }
}
