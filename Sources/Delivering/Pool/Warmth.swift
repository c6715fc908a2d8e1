import Model

/// How much of a warming relay's day is used up.
///
/// The store knows what was named in intents, by whichever process; what this one has granted since, or had under
/// way when it asked, may not be in there yet and is added. That counts some messages twice for a moment, never
/// too few.
struct Warmth {
    /// How many messages were granted in all, less those given back.
    var given = 0

    private let warmUp: WarmUp
    private var reading: Reading?
    private var pending: Reading?

    private struct Reading {
        let startedAt: Int64
        /// `given` when the reading began, less what was under way.
        let certain: Int
        /// Whether some messages may be counted twice.
        let isRough: Bool
        var use = RelayUse(firstDay: nil, today: 0)

        var day: Int64 { Warmth.day(of: startedAt) }
    }

    private static let dayLength: Int64 = 86_400_000_000
    /// How long a reading is good for.
    private static let longest: Int64 = 10_000_000
    /// How long when it leaves nothing, and some may have been counted twice.
    private static let shortest: Int64 = 1_000_000

    init(_ warmUp: WarmUp) {
        self.warmUp = warmUp
    }

    /// How many messages the day has left; none before the first reading of the day.
    func left(at now: Int64) -> Int {
        guard let reading, reading.day == Self.day(of: now) else { return 0 }
        let quota = warmUp.quota(day: reading.day, firstDay: reading.use.firstDay ?? reading.day)
        return max(0, quota - reading.use.today - (given - reading.certain))
    }

    /// Whether nothing is left until the next day, for sure.
    func isUsedUp(at now: Int64) -> Bool {
        guard let reading, reading.day == Self.day(of: now), !reading.isRough else { return false }
        return given == reading.certain && left(at: now) == 0
    }

    /// When to read again; nil when that is now, or being done.
    func nextReading(after now: Int64) -> Int64? {
        guard let reading, reading.day == Self.day(of: now) else { return nil }
        let next =
            isUsedUp(at: now)
            ? (reading.day + 1) * Self.dayLength
            : reading.startedAt + (left(at: now) == 0 ? Self.shortest : Self.longest)
        return next > now ? next : nil
    }

    /// Begins a reading where one is due and none is being done.
    /// - Parameter underWay: How many messages the reading may or may not count.
    /// - Returns: Whether to read.
    mutating func startReading(at now: Int64, underWay: Int) -> Bool {
        guard pending == nil, nextReading(after: now) == nil else { return false }
        pending = Reading(startedAt: now, certain: given - underWay, isRough: underWay > 0)
        return true
    }

    /// - Parameter use: nil when it could not be read.
    mutating func finishReading(_ use: RelayUse?) {
        if let use {
            reading = pending
            reading?.use = use
        }
        pending = nil
    }

    private static func day(of instant: Int64) -> Int64 { instant / dayLength }
}
