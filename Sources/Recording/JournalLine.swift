import Crypto
import Model

/// The sum that a line ends with: the first 16 hex digits of SHA-256 over the previous line's sum and this
/// line's bytes before `,"sum"`. The first line builds on sixteen zeros.
struct ChainSum: Hashable, Sendable {
    let value: UInt64

    static let start = ChainSum(value: 0)

    init(value: UInt64) {
        self.value = value
    }

    /// The sum of a line's bytes that follow a line with another sum.
    init(of bytes: ArraySlice<UInt8>, after previous: ChainSum) {
        var hasher = SHA256()
        hasher.update(data: previous.hex)
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        value = hasher.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads 16 lower-case hex digits.
    init?(hex digits: some Collection<UInt8>) {
        guard digits.count == 16 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        self.value = value
    }

    var hex: [UInt8] {
        (0..<16).map { position in
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * position) & 15)
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}

/// How an event stands in a journal: `{"seq":17,"at":"...","type":"...", ... ,"sum":"5be1..."}`.
///
/// A commit of several lines is one whole: every line but its last ends with `"more":true`, so that a
/// journal cut inside a commit is known to be.
enum JournalLine {
    /// `,"sum":"` before and `"}` behind the 16 digits.
    private static let sumOpening = Array(#","sum":""#.utf8)
    private static let sumClosing = Array(#""}"#.utf8)
    private static let moreMark = Array(#","more":true"#.utf8)
    static let tailLength = sumOpening.count + 16 + sumClosing.count

    /// Appends one line with its line break.
    /// - Returns: the sum that the next line builds on.
    static func append(
        _ event: Event, seq: Int64, at: Timestamp, isLast: Bool, after previous: ChainSum,
        to bytes: inout [UInt8]
    ) -> ChainSum {
        let start = bytes.count
        // A commit's lines share one buffer, which is passed on and never shared: a copy of it for each line
        // took a third of an import.
        var buffer: [UInt8] = []
        swap(&buffer, &bytes)
        var json = JSONWriter(appendingTo: consume buffer)
        json.write("seq", seq)
        json.write("at", at)
        event.write(to: &json)
        bytes = json.takeBytes()
        if !isLast { bytes += moreMark }
        let sum = ChainSum(of: bytes[start...], after: previous)
        bytes += sumOpening
        bytes += sum.hex
        bytes += sumClosing
        bytes.append(UInt8(ascii: "\n"))
        return sum
    }

    /// A line whose sum and number are right.
    struct Checked {
        let content: ArraySlice<UInt8>
        let sum: ChainSum
        let isLast: Bool

        /// The record that the line holds.
        /// - Throws: `StoreError` that names the place.
        func record(at place: @autoclosure () -> JournalPlace) throws(StoreError) -> Record {
            do {
                return try Record(JSONObject(content))
            } catch EventError.unknownKind(let kind) {
                throw .newerRecord(place(), kind: kind)
            } catch {
                throw .damaged(place(), reason: "the record cannot be read: \(error)")
            }
        }
    }

    /// The sum that a line claims, whether or not it is right.
    static func claimedSum(_ line: ArraySlice<UInt8>) -> ChainSum? {
        guard line.count >= tailLength else { return nil }
        let tail = line.suffix(tailLength)
        guard tail.starts(with: sumOpening), tail.suffix(sumClosing.count).elementsEqual(sumClosing) else {
            return nil
        }
        return ChainSum(hex: tail.dropFirst(sumOpening.count).prefix(16))
    }

    /// Checks a line without its line break.
    /// - Returns: nil unless its sum is right and its number is `seq`.
    static func check(_ line: ArraySlice<UInt8>, seq: Int64, after previous: ChainSum) -> Checked? {
        guard let claimed = claimedSum(line) else { return nil }
        let body = line.dropLast(tailLength)
        guard ChainSum(of: body, after: previous) == claimed, body.starts(with: #"{"seq":\#(seq),"#.utf8)
        else {
            return nil
        }
        let isLast = !body.suffix(moreMark.count).elementsEqual(moreMark)
        return Checked(content: line, sum: claimed, isLast: isLast)
    }
}
