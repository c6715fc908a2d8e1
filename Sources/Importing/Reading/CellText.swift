import Foundation

extension Record {
    /// The value of a cell as text: UTF-8, in NFC, without control characters and without blanks around it.
    ///
    /// Controls are refused here, at the border, for every value alike: a line break in a name would
    /// become a header of a mail (security.md, "header injection"). Bytes are looked at, not characters: to
    /// Swift CR LF is one character that is neither CR nor LF.
    /// - Parameter isDefused: Whether the file comes from `RejectedFile`, which puts `'` before values that
    ///   a spreadsheet would run.
    /// - Throws: `RowFault`.
    func text(_ cell: Cell, isDefused: Bool = false) throws(RowFault) -> String {
        var range = trimmed(cell.value)
        if isDefused, bytes[range].first == .apostrophe { range = trimmed(range.dropFirst()) }
        guard range.count <= ReadingLimits.value else {
            throw RowFault(
                "The value has \(range.count) bytes and at most \(ReadingLimits.value) are kept; shorten it.",
                at: cell)
        }
        var allBits: UInt8 = 0
        for index in range {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F { throw controlFault(Unicode.Scalar(byte), cell, byteAt: index) }
            allBits |= byte
        }
        if allBits < 0x80 { return String(decoding: bytes[range], as: UTF8.self) }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw RowFault("The value is not UTF-8; save the file as UTF-8.", at: cell)
        }
        return try normalised(text, cell)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, bytes[first] == .blank { range = range.dropFirst() }
        while let last = range.last, bytes[last] == .blank { range = range.dropLast() }
        return range
    }

    private func normalised(_ text: String, _ cell: Cell) throws(RowFault) -> String {
        var highest: UInt32 = 0
        for scalar in text.unicodeScalars {
            if (0x80...0x9F).contains(scalar.value) { throw controlFault(scalar, cell, byteAt: nil) }
            highest = max(highest, scalar.value)
        }
        // Below the combining marks every text is in NFC already (UAX 15, NFC_Quick_Check).
        return highest < 0x300 ? text : text.precomposedStringWithCanonicalMapping
    }

    private func controlFault(_ scalar: Unicode.Scalar, _ cell: Cell, byteAt index: Int?) -> RowFault {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
        let offset = index.flatMap { $0 < writtenCount ? $0 : nil } ?? cell.offset
        return RowFault(
            "The value has the control character U+\(code); remove it.", offset: offset, column: cell.column)
    }
}
