/// What recency, frequency and monetary value make of a customer. The raw value is the word in a condition.
///
/// The eleven groups are those of Putler ("RFM Analysis for Successful Customer Segmentation", 2018), whose published
/// ranges overlap; `scores` gives each of the 125 scores to one group, as the tables do that are in use for five classes
/// of each.
public enum RFMGroup: String, CaseIterable, Sendable {
    case champions, loyal, potential, new, promising
    case needsAttention = "needs_attention"
    case aboutToSleep = "about_to_sleep"
    case atRisk = "at_risk"
    case cantLose = "cant_lose"
    case hibernating, lost

    /// The scores of the group, each as three digits: recency, frequency, monetary value.
    public var scores: [Int] {
        switch self {
        case .champions: [555, 554, 545, 544, 455, 454, 445]
        case .loyal: [543, 444, 435, 355, 354, 345, 344, 335]
        case .potential:
            [
                553, 552, 551, 542, 541, 533, 532, 531, 453, 452, 451, 442, 441, 433, 432, 431, 423, 353, 352,
                351, 342, 341, 333, 323,
            ]
        case .new: [512, 511, 422, 421, 412, 411, 311]
        case .promising:
            [525, 524, 523, 522, 521, 515, 514, 513, 425, 424, 415, 414, 413, 315, 314, 313]
        case .needsAttention: [535, 534, 443, 434, 343, 334, 325, 324]
        case .aboutToSleep: [331, 321, 312, 251, 241, 231, 221, 213]
        case .atRisk:
            [
                255, 254, 253, 252, 245, 244, 243, 242, 235, 234, 225, 224, 153, 152, 145, 143, 142, 135, 134,
                133, 125, 124,
            ]
        case .cantLose: [215, 214, 155, 154, 144, 115, 114, 113]
        case .hibernating: [332, 322, 233, 232, 223, 222, 212, 211, 132, 123, 122]
        case .lost: [151, 141, 131, 121, 112, 111]
        }
    }

    /// Groups by score, at the score's own index: a million customers are looked up in it.
    fileprivate static let byScore: [RFMGroup] = {
        var groups = Array(repeating: RFMGroup.lost, count: 556)
        for group in allCases {
            for score in group.scores { groups[score] = group }
        }
        return groups
    }()
}

/// Where a customer stands among all others, each from 1 for the worst fifth to 5 for the best.
public struct RFMScore: Hashable, Sendable {
    /// How short ago the last order was.
    public let recency: Int
    /// How many orders there were.
    public let frequency: Int
    /// How much was paid for them.
    public let monetary: Int

    /// The group of those who stand there.
    public var group: RFMGroup { RFMGroup.byScore[recency * 100 + frequency * 10 + monetary] }
}
