/// The Net Promoter Score of a set of answers from 0 to 10, with how far it can be trusted
/// (F. Reichheld, "The One Number You Need to Grow", 2003).
public struct NetPromoter: Hashable, Sendable {
    /// Answers of 9 and 10.
    public let promoters: Int
    /// Answers of 7 and 8.
    public let passives: Int
    /// Answers of 0 to 6.
    public let detractors: Int

    /// The score of answers that are already counted by group.
    /// - Returns: nil without any answer.
    public init?(promoters: Int, passives: Int, detractors: Int) {
        guard promoters >= 0, passives >= 0, detractors >= 0, promoters + passives + detractors > 0 else {
            return nil
        }
        (self.promoters, self.passives, self.detractors) = (promoters, passives, detractors)
    }

    /// The score of single answers.
    /// - Returns: nil without any answer, or when one is not from 0 to 10.
    public init?(answers: [Int]) {
        guard answers.allSatisfy((0...10).contains) else { return nil }
        let promoters = answers.count { $0 >= 9 }
        let detractors = answers.count { $0 <= 6 }
        self.init(
            promoters: promoters, passives: answers.count - promoters - detractors, detractors: detractors)
    }

    /// How many answers there are.
    public var count: Int { promoters + passives + detractors }

    /// 100 (promoters - detractors) / answers: -100 to 100.
    public var score: Double {
        100 * Double(promoters - detractors) / Double(count)
    }

    /// The interval that holds the score of all customers with 95 % confidence: adjusted Wald with 3/4 of a
    /// promoter, 3/4 of a detractor and three answers added (B. Rocks, "Interval Estimation for the Net Promoter
    /// Score", The American Statistician 70(4), 2016), cut to -100 to 100.
    ///
    /// What is added draws the middle towards 0, with a single answer so far that its own score of 100 or -100 is left
    /// out. The interval is widened to hold it then: it may promise less than it could, never more.
    public var interval: ClosedRange<Double> {
        let size = Double(count) + 3
        let (up, down) = ((Double(promoters) + 0.75) / size, (Double(detractors) + 0.75) / size)
        let margin = 1.959964 * Self.standardError(promoters: up, detractors: down, count: size)
        let (low, high) = (100 * (up - down - margin), 100 * (up - down + margin))
        return max(-100, min(low, score))...min(100, max(high, score))
    }

    /// The square root of (p + d - (p - d)²) / n, for shares p of promoters and d of detractors.
    static func standardError(promoters: Double, detractors: Double, count: Double) -> Double {
        let difference = promoters - detractors
        return ((promoters + detractors - difference * difference) / count).squareRoot()
    }
}
