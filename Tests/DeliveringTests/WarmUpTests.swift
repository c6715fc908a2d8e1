import Model
import Testing

@testable import Delivering

@Suite("Warm-up")
struct WarmUpTests {
    @Test("The quota doubles every few days from the relay's first day")
    func doubling() {
        let warmUp = WarmUp(start: Pace(500, per: 86_400_000), doubleEvery: 2)
        let quotas = (100...107).map { warmUp.quota(day: Int64($0), firstDay: 100) }
        #expect(quotas == [500, 500, 1000, 1000, 2000, 2000, 4000, 4000])
    }

    @Test("Rates of other units are counted a day, at least one message")
    func units() {
        #expect(WarmUp(start: Pace(20, per: 3_600_000), doubleEvery: 1).quota(day: 5, firstDay: 5) == 480)
        #expect(WarmUp(start: Pace(1, per: 8 * 86_400_000), doubleEvery: 1).quota(day: 5, firstDay: 5) == 1)
    }

    @Test("A relay of long ago has no quota to speak of, and a day before the first is the first")
    func extremes() {
        let warmUp = WarmUp(start: Pace(500, per: 86_400_000), doubleEvery: 0)
        #expect(warmUp.quota(day: 20_000, firstDay: 0) == .max)
        #expect(warmUp.quota(day: .max, firstDay: 0) == .max)
        #expect(warmUp.quota(day: 3, firstDay: 5) == 500)
        #expect((0...70).allSatisfy { warmUp.quota(day: $0, firstDay: 0) > 0 })
    }

    @Test("What is under way may be counted twice for a moment, never too little")
    func reading() {
        let (start, second) = (ControlledClock.midnight, ControlledClock.second)
        var warmth = Warmth(WarmUp(start: Pace(10, per: 86_400_000), doubleEvery: 1))
        #expect(warmth.left(at: start) == 0)
        let today = start / (86_400 * second)
        let isFirst = warmth.startReading(at: start, underWay: 0)
        let isSecond = warmth.startReading(at: start, underWay: 0)
        #expect(isFirst && !isSecond)
        warmth.finishReading(RelayUse(firstDay: today, today: 4))
        #expect(warmth.left(at: start) == 6)
        warmth.given += 6
        #expect(warmth.left(at: start) == 0)
        #expect(!warmth.isUsedUp(at: start), "some of them may be given back")
        let isThird = warmth.startReading(at: start + 2 * second, underWay: 6)
        #expect(isThird)
        warmth.finishReading(RelayUse(firstDay: today, today: 7))
        #expect(warmth.left(at: start + 2 * second) == 0)
        let isFourth = warmth.startReading(at: start + 4 * second, underWay: 0)
        #expect(isFourth)
        warmth.finishReading(RelayUse(firstDay: today, today: 10))
        #expect(warmth.isUsedUp(at: start + 4 * second))
        #expect(warmth.nextReading(after: start + 4 * second) == start + 86_400 * second)
        #expect(warmth.left(at: start + 86_400 * second) == 0, "the next day is not known yet")
    }
}
