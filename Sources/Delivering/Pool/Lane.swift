import Model

/// A relay's place in the pool: how much it may be given now. All of it is arithmetic on an instant, in
/// microseconds since 1970.
struct Lane {
    let member: PoolMember
    /// How many messages it gets at once: one more with each answer, one less with each trouble.
    private(set) var window: Int
    /// How many messages were granted and have not ended.
    private(set) var underWay = 0
    /// Where the relay's next message begins in fair queueing.
    private(set) var tag = 0.0
    /// What it said, or what happened, when it was last not reached.
    private(set) var lastTrouble: String?
    private(set) var warmth: Warmth?
    /// Until when nothing is given to it; nil while its window is open.
    private(set) var asideUntil: Int64?
    private var failedProbes = 0
    private var isProbing = false

    /// A batch is composed and synced while another is handed over and the outcomes of a third are recorded.
    private static let batchesUnderWay = 3
    /// So many rounds of a window wait for the relay: enough that its connections never do, few enough that a
    /// slow relay keeps little from the others.
    private static let rounds = 16

    /// What follows from an outcome for the relay's connections.
    enum Change {
        case open(window: Int)
        case shut
    }

    init(_ member: PoolMember) {
        self.member = member
        window = min(DeliveryPolicy.firstWindow, member.relay.connections)
        warmth = member.warmUp.map(Warmth.init)
    }

    // MARK: Giving

    /// How many messages it may be given now.
    /// - Parameter heaviest: The greatest weight among the relays that can be reached.
    func room(at now: Int64, heaviest: Int) -> Int {
        let left = warmth?.left(at: now) ?? .max
        if let asideUntil { return isProbing || now < asideUntil ? 0 : min(1, left) }
        return min(places(heaviest: heaviest), left)
    }

    /// How many messages may be under way beside those that are; 0 while that would be less than half a batch,
    /// for a batch costs a sync, however small it is.
    ///
    /// What is under way is shared by weight, or relays that are equally fast would get equally much; but each may
    /// fill its window, for a heavier one that is held back by its rate must not hold back the others.
    func places(heaviest: Int) -> Int {
        let relay = member.relay
        let most = min(
            Self.batchesUnderWay * relay.batch, Self.rounds * window, relay.connections * relay.batch)
        let share = max(most * member.weight / max(heaviest, member.weight), min(window, most))
        let free = share - underWay
        return free >= (min(share, relay.batch) + 1) / 2 ? min(free, relay.batch) : 0
    }

    /// Whether messages that are granted now find out if the relay is back.
    var needsProbe: Bool { asideUntil != nil }

    /// Whether it will take nothing for some time: set aside, or its warm-up used up for the day.
    func isAway(at now: Int64) -> Bool {
        if let asideUntil, !isProbing, now < asideUntil { return true }
        return warmth?.isUsedUp(at: now) ?? false
    }

    /// When its room may grow by time alone, after now; nil when only an outcome or a reading changes it.
    func nextChange(after now: Int64) -> Int64? {
        if let asideUntil {
            if isProbing { return nil }
            if asideUntil > now { return asideUntil }
        }
        return warmth?.nextReading(after: now)
    }

    /// Counts messages as given.
    /// - Parameter virtualTime: The beginning of what was given last, to whichever relay: one that was away gets
    ///   no more than its share when it is back.
    /// - Returns: The new virtual time.
    mutating func give(_ count: Int, virtualTime: Double) -> Double {
        let start = max(tag, virtualTime)
        tag = start + Double(count) / Double(member.weight)
        underWay += count
        warmth?.given += count
        isProbing = needsProbe
        return start
    }

    /// Counts messages of a turn as ended.
    /// - Parameter unused: How many of them nobody was given.
    mutating func end(_ count: Int, unused: Int, ofProbe: Bool) {
        underWay -= count
        warmth?.given -= unused
        if ofProbe { isProbing = false }
    }

    /// Why it takes nothing, and for how long.
    func absence(at now: Int64) -> RelayPoolError.Absence {
        RelayPoolError.Absence(
            relay: member.relay.name, trouble: asideUntil == nil ? nil : lastTrouble,
            until: nextChange(after: now).map { Timestamp(milliseconds: $0 / 1000) })
    }

    // MARK: Learning

    /// Learns from the outcome of an attempt.
    mutating func learn(from outcome: Outcome, ofProbe: Bool, at now: Int64) -> Change? {
        switch DeliveryPolicy.feedback(of: outcome.verdict) {
        case .nothing: return nil
        case .answers: return grow()
        case .troubled:
            lastTrouble = outcome.reply
            return shrink(ofProbe: ofProbe, at: now)
        }
    }

    /// A relay that is back begins as it did at first.
    private mutating func grow() -> Change? {
        let before = window
        window = min(asideUntil == nil ? window + 1 : DeliveryPolicy.firstWindow, member.relay.connections)
        (asideUntil, failedProbes) = (nil, 0)
        return window == before ? nil : .open(window: window)
    }

    /// What was under way when the relay was set aside says nothing new; only a probe does.
    private mutating func shrink(ofProbe: Bool, at now: Int64) -> Change? {
        guard asideUntil == nil || ofProbe else { return nil }
        if asideUntil == nil { window -= 1 } else { failedProbes += 1 }
        guard window == 0 else { return .open(window: window) }
        asideUntil = now + DeliveryPolicy.pause(afterFailedProbes: failedProbes)
        return .shut
    }

    // MARK: Warm-up

    /// Whether the store must be asked how much the relay was given today; it counts as asked from here on.
    mutating func startReading(at now: Int64) -> Bool {
        warmth?.startReading(at: now, underWay: underWay) ?? false
    }

    /// - Parameter use: nil when it could not be read.
    mutating func finishReading(_ use: RelayUse?) {
        warmth?.finishReading(use)
    }
}
