import Testing

@testable import Value

@Suite("Net Promoter Score")
struct NetPromoterTests {
    @Test(
        "The score is the share of promoters less the share of detractors",
        arguments: [
            ([10, 9, 8, 7, 6, 0], 0), ([10, 9, 9, 7, 3, 8], 33.333333), ([10], 100), ([6], -100),
            ([7, 8], 0),
        ] as [([Int], Double)])
    func score(answers: [Int], expected: Double) throws {
        let score = try #require(NetPromoter(answers: answers)).score
        #expect(abs(score - expected) < 1e-5)
    }

    @Test("No answers, and answers off the scale, have no score")
    func refused() {
        #expect(NetPromoter(answers: []) == nil)
        #expect(NetPromoter(answers: [11]) == nil)
        #expect(NetPromoter(answers: [-1]) == nil)
    }

    @Test("The standard error is the published one: 1/2 promoters, 1/6 detractors, 324 answers")
    func standardError() {
        let error = NetPromoter.standardError(promoters: 0.5, detractors: 1.0 / 6, count: 324)
        #expect(abs(error - 0.0414087) < 1e-6)
        #expect(abs(error * 1.96 - 0.0811610) < 1e-6)
    }

    @Test("The interval holds the score, narrows with more answers and stays on the scale")
    func interval() throws {
        var width = Double.infinity
        for size in [1, 10, 100, 1000] {
            let sample = try #require(
                NetPromoter(promoters: 5 * size, passives: 3 * size, detractors: 2 * size))
            #expect(sample.interval.contains(sample.score))
            #expect(sample.interval.upperBound - sample.interval.lowerBound < width)
            width = sample.interval.upperBound - sample.interval.lowerBound
        }
    }

    @Test("Of however few answers, the interval holds the score and stays on the scale")
    func fewAnswers() throws {
        for promoters in 0...12 {
            for detractors in 0...12 {
                for passives in 0...3 where promoters + passives + detractors > 0 {
                    let sample = try #require(
                        NetPromoter(promoters: promoters, passives: passives, detractors: detractors))
                    #expect(sample.interval.contains(sample.score), "\(sample)")
                    #expect(sample.interval.lowerBound >= -100 && sample.interval.upperBound <= 100)
                }
            }
        }
    }

    @Test(
        "One answer says next to nothing: its interval goes from the middle of the other half to its own end")
    func oneAnswer() throws {
        let single = try #require(NetPromoter(promoters: 1, passives: 0, detractors: 0))
        #expect(single.interval.lowerBound.rounded() == -48)
        #expect(single.interval.upperBound == 100)
    }
}
