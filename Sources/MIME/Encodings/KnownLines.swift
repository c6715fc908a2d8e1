/// The lines of one text in their encoded form. Other texts that share most lines with it, the same newsletter to
/// other people, then need only the lines encoded in which they differ.
///
/// Quoted-printable begins anew after every line break, so what a line becomes does not depend on its neighbours:
/// the result is, byte for byte, what it would be without. Base64 does not, and gains nothing.
public struct KnownLines: Sendable {
    /// What there is up to the end of a line.
    private struct Mark {
        var source = 0
        var encoded = 0
        var count = QuotedPrintable.Count()
    }

    /// A part of a text that was looked up.
    enum Piece {
        /// These lines of ours.
        case known(Range<Int>)
        /// These bytes of the text, up to a line break or the text's end.
        case new(Range<Int>)
    }

    private let text: [UInt8]
    private let encoded: [UInt8]
    /// Before the first line, and after each.
    private let marks: [Mark]
    /// The number of a line by its hash.
    private let numbers: [Int: Int]

    private var lineCount: Int { marks.count - 1 }

    /// - Parameter text: UTF-8, as a part takes it; what follows the last line feed is not remembered, and nothing
    ///   is of bytes that are not UTF-8.
    public init(of text: [UInt8]) {
        let text = text.withUnsafeBytes(\.isUTF8) ? text : []
        var (encoded, marks, numbers): ([UInt8], [Mark], [Int: Int]) = ([], [Mark()], [:])
        var mark = Mark()
        while let feed = text[mark.source...].firstIndex(of: .lineFeed) {
            let line = text[mark.source...feed]
            let count = line.withUnsafeBytes { line in
                let count = QuotedPrintable.Count(of: line)
                numbers[Self.hash(line)] = marks.count - 1
                QuotedPrintable.append(line, count, to: &encoded)
                return count
            }
            mark.source = feed + 1
            mark.encoded = encoded.count
            mark.count += count
            marks.append(mark)
        }
        (self.text, self.encoded, self.marks, self.numbers) = (text, encoded, marks, numbers)
    }

    /// Divides a text into what is known and what is new, in its order.
    /// - Returns: the pieces, and what of the text needs encoding; nil when something new in it is not UTF-8.
    func pieces(of text: [UInt8]) -> (pieces: [Piece], count: QuotedPrintable.Count)? {
        text.withUnsafeBytes { text in
            self.text.withUnsafeBytes { known in pieces(of: text, known: known) }
        }
    }

    private func pieces(
        of text: UnsafeRawBufferPointer, known: UnsafeRawBufferPointer
    ) -> (pieces: [Piece], count: QuotedPrintable.Count)? {
        var (pieces, count): ([Piece], QuotedPrintable.Count) = ([], QuotedPrintable.Count())
        // The line that probably comes next: the one after the last that was found.
        var (index, expected) = (0, 0)
        while index < text.count {
            let start = marks[expected].source
            let same = text[index...].commonLength(with: known[start...])
            var end = expected
            while end < lineCount, marks[end + 1].source - start <= same { end += 1 }
            if end > expected {
                pieces.append(.known(expected..<end))
                count += marks[end].count - marks[expected].count
                index += marks[end].source - start
                expected = end
                continue
            }
            let next = text[index...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? text.count
            let line = UnsafeRawBufferPointer(rebasing: text[index..<next])
            if let number = number(of: line, in: known) {
                expected = number
            } else {
                // No character is torn by a line feed, so each line is UTF-8 by itself.
                guard line.isUTF8 else { return nil }
                pieces.append(.new(index..<next))
                count += QuotedPrintable.Count(of: line)
                index = next
                expected = min(expected + 1, lineCount)
            }
        }
        return (pieces, count)
    }

    /// Writes the pieces of a text.
    func append(_ pieces: [Piece], of text: [UInt8], to output: inout [UInt8]) {
        text.withUnsafeBytes { text in
            for piece in pieces {
                switch piece {
                case .known(let lines):
                    output += encoded[marks[lines.lowerBound].encoded..<marks[lines.upperBound].encoded]
                case .new(let range):
                    let bytes = UnsafeRawBufferPointer(rebasing: text[range])
                    QuotedPrintable.append(bytes, QuotedPrintable.Count(of: bytes), to: &output)
                }
            }
        }
    }

    /// The number of a line that is the same in every byte.
    private func number(of line: UnsafeRawBufferPointer, in known: UnsafeRawBufferPointer) -> Int? {
        guard let number = numbers[Self.hash(line)],
            known[marks[number].source..<marks[number + 1].source].elementsEqual(line)
        else { return nil }
        return number
    }

    /// FNV-1a over eight bytes at a time. Lines of one hash are no harm: one of them is encoded again.
    private static func hash(_ line: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var index = 0
        func mix(_ bits: UInt64) {
            hash = (hash ^ bits) &* 0x100_0000_01B3
            hash ^= hash >> 32
        }
        while index + 8 <= line.count {
            mix(line.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        while index < line.count {
            mix(UInt64(line[index]))
            index += 1
        }
        return Int(truncatingIfNeeded: hash)
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// How many bytes at the beginning are the same.
    fileprivate func commonLength(with other: Slice<UnsafeRawBufferPointer>) -> Int {
        let (left, right) = (UnsafeRawBufferPointer(rebasing: self), UnsafeRawBufferPointer(rebasing: other))
        let limit = Swift.min(left.count, right.count)
        var index = 0
        while index + 8 <= limit {
            let difference =
                UInt64(littleEndian: left.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                ^ UInt64(littleEndian: right.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            if difference != 0 { return index + difference.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < limit, left[index] == right[index] { index += 1 }
        return index
    }
}
