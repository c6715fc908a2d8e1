/// So many messages in so much time: `50/s`, `20000/hour`.
package struct Pace: Hashable, Sendable {
    /// Messages, 1 to 1,000,000,000.
    package let count: Int
    /// The time that they are spread over, 1 ms to 100 days.
    package let milliseconds: Int64

    /// A pace; numbers outside of the ranges become the nearest inside, so that no arithmetic overflows.
    package init(_ count: Int, per milliseconds: Int64) {
        self.count = min(max(count, 1), 1_000_000_000)
        self.milliseconds = min(max(milliseconds, 1), 100 * 86_400_000)
    }

    /// How far messages may run ahead of an even stream, in nanoseconds: 100 ms, which hides that they are handed
    /// out in batches, but at least one message.
    var tolerance: Int64 { max(100_000_000, nanoseconds(for: 1)) }

    /// How long so many messages take, rounded up; at most as many as `tolerance` holds.
    func nanoseconds(for messages: Int) -> Int64 {
        let (quotient, rest) = (Int64(messages) * period).quotientAndRemainder(dividingBy: Int64(count))
        return rest == 0 ? quotient : quotient + 1
    }

    /// How many messages fit into a time, at most `tolerance`.
    func messages(in nanoseconds: Int64) -> Int {
        Int(nanoseconds * Int64(count) / period)
    }

    private var period: Int64 { milliseconds * 1_000_000 }
}

/// A pace with the name under which it is counted, whichever process does.
package struct PaceLimit: Hashable, Sendable {
    /// `relay main`, `relay main gmail.com`, `campaign x`: without line breaks.
    package let key: String
    package let pace: Pace

    /// A named pace.
    package init(_ key: String, _ pace: Pace) {
        let hasBreak = key.utf8.contains { $0 == UInt8(ascii: "\n") }
        self.key = hasBreak ? key.split(separator: "\n").joined(separator: " ") : key
        self.pace = pace
    }

    /// A named pace of `count` messages in so many milliseconds.
    package init(_ key: String, _ count: Int, per milliseconds: Int64) {
        self.init(key, Pace(count, per: milliseconds))
    }
}
