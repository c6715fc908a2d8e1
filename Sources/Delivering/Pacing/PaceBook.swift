import Foundation
import Synchronization

/// Holds paces for all processes that send, across their restarts: a small file has, for each name, the instant at
/// which an even stream would send its next message.
///
/// That is the virtual scheduling of the generic cell rate algorithm (ITU-T I.371, annex A), in nanoseconds of the
/// wall clock. In any time t a pace lets through at most what is due in t and in its tolerance, whoever asks: being
/// killed gives nobody a second burst. A call costs half a dozen system calls, and is made for a batch, not for a
/// message.
package final class PaceBook: Sendable {
    private let file: Mutex<PaceFile>
    private let clock: @Sendable () -> Int64

    /// Opens the book.
    /// - Parameters:
    ///   - folder: Where the file `pace` is; it is made when absent.
    ///   - clock: Microseconds since 1970, the same for all processes.
    /// - Throws: `PaceBookError`.
    package init(
        folder: String, clock: @escaping @Sendable () -> Int64 = PoolClock.microseconds
    ) throws(PaceBookError) {
        file = Mutex(try PaceFile(folder: folder))
        self.clock = clock
    }

    /// Takes the right to send messages now, under all limits together.
    ///
    /// It is given in portions of about 25 ms, for each costs a batch: then it is better to wait a little than to
    /// take one message at a time.
    /// - Returns: A right to at least one message, or until when to wait.
    /// - Throws: `PaceBookError` when the file cannot be read or written.
    package func take(upTo most: Int, of limits: [PaceLimit]) throws(PaceBookError) -> PaceAnswer {
        guard !limits.isEmpty else { return .go(PaceGrant(count: max(most, 1), spans: [])) }
        return try change { dues, now in Self.take(upTo: max(most, 1), of: limits, from: &dues, now: now) }
    }

    /// Gives back what was taken and not used, as far as its time has not passed by: an instant that is over is
    /// nobody's any more.
    /// - Throws: `PaceBookError` when the file cannot be read or written.
    package func giveBack(_ unused: Int, of grant: PaceGrant) throws(PaceBookError) {
        guard unused > 0, !grant.spans.isEmpty else { return }
        try change { dues, now in
            for span in grant.spans {
                let length = span.limit.pace.nanoseconds(for: min(unused, grant.count))
                dues[span.limit.key]? -= max(0, min(length, span.end - now))
            }
        }
    }

    /// An instant that has passed says nothing: without it the file stays small.
    private func change<Answer: Sendable>(
        _ body: (inout [String: Int64], _ now: Int64) -> Answer
    ) throws(PaceBookError) -> Answer {
        try file.withLock { (file) throws(PaceBookError) in
            try file.change { dues in
                let now = clock() * 1000
                let answer = body(&dues, now)
                dues = dues.filter { $0.value > now }
                return answer
            }
        }
    }

    private static func take(
        upTo most: Int, of limits: [PaceLimit], from dues: inout [String: Int64], now: Int64
    ) -> PaceAnswer {
        let starts = limits.map { limit in
            // Further ahead than the tolerance is what a clock left behind that was put back since: it must not
            // hold sending until that time has come again.
            let start = min(max(dues[limit.key] ?? now, now), now + limit.pace.tolerance)
            dues[limit.key] = start
            return start
        }
        var (possible, portion) = (most, most)
        for (limit, start) in zip(limits, starts) {
            let pace = limit.pace
            possible = min(possible, pace.messages(in: now + pace.tolerance - start))
            portion = min(portion, max(1, pace.messages(in: pace.tolerance) / 4))
        }
        guard possible >= portion else {
            let until = zip(limits, starts).map { limit, start in
                start + limit.pace.nanoseconds(for: portion) - limit.pace.tolerance
            }
            return .wait(until: ((until.max() ?? now) + 999) / 1000)
        }
        let spans = zip(limits, starts).map { limit, start in
            PaceGrant.Span(limit: limit, end: start + limit.pace.nanoseconds(for: possible))
        }
        for span in spans { dues[span.limit.key] = span.end }
        return .go(PaceGrant(count: possible, spans: spans))
    }
}

/// What a `PaceBook` says to who wants to send.
package enum PaceAnswer: Sendable {
    case go(PaceGrant)
    /// Microseconds since 1970; to ask sooner is in vain.
    case wait(until: Int64)
}

/// The right to send a number of messages now.
package struct PaceGrant: Sendable {
    struct Span: Sendable {
        let limit: PaceLimit
        /// When the limit's next message is due after these, in nanoseconds since 1970.
        let end: Int64
    }

    /// How many messages.
    package let count: Int
    let spans: [Span]
}
