import Campaigns
import Foundation
import Model
import Value

/// What the answers to one question say.
struct SurveyResult: Encodable {
    let question: String
    let kind: String
    /// Answers that count: the last one of each customer in each wave.
    let answers: Int
    /// By answer, for questions with a scale or options.
    let counts: [String: Int]?
    let nps: Promoters?
    /// The mean, for questions with a scale.
    let mean: Double?
    /// The share of the best answers: 4 and 5 of 5 for csat, 5 and more of 7 for ces.
    let satisfied: Double?
    /// The latest words, newest first.
    let words: [String]?

    struct Promoters: Encodable {
        let score: Double
        /// The ends of the 95 % interval.
        let from: Double
        let to: Double
        let promoters: Int
        let passives: Int
        let detractors: Int
    }

    init(_ question: Question, answers all: [Answer]) {
        let values = Self.counting(all.filter { $0.question == question.id })
        self.question = question.id
        answers = values.count
        let numbers = values.compactMap { Int($0) }
        let mean = numbers.isEmpty ? nil : Double(numbers.reduce(0, +)) / Double(numbers.count)
        kind = question.kind.word
        switch question.kind {
        case .nps:
            nps = NetPromoter(answers: numbers).map {
                Promoters(
                    score: $0.score, from: $0.interval.lowerBound, to: $0.interval.upperBound,
                    promoters: $0.promoters, passives: $0.passives, detractors: $0.detractors)
            }
            (counts, self.mean, satisfied, words) = (Self.counts(values), nil, nil, nil)
        case .csat, .ces:
            let best = question.kind == .csat ? 4 : 5
            let share = numbers.isEmpty ? nil : Double(numbers.count { $0 >= best }) / Double(numbers.count)
            (nps, counts, self.mean, satisfied, words) = (nil, Self.counts(values), mean, share, nil)
        case .choice, .choices, .perceivedValue:
            let chosen = values.flatMap { $0.split(separator: "|").map(String.init) }
            (nps, counts, self.mean, satisfied, words) = (nil, Self.counts(chosen), nil, nil, nil)
        case .text:
            let latest = Array(values.suffix(10).reversed())
            (nps, counts, self.mean, satisfied, words) = (nil, nil, nil, nil, latest)
        }
    }

    /// The last answer of each customer in each wave, in the order of giving.
    private static func counting(_ answers: [Answer]) -> [String] {
        var last: [String: Int] = [:]
        for (index, answer) in answers.enumerated() { last["\(answer.wave)\u{0}\(answer.customer)"] = index }
        return last.values.sorted().map { answers[$0].value }
    }

    private static func counts(_ values: [String]) -> [String: Int] {
        values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// For a person.
    var lines: [String] {
        var lines = ["\(question) (\(kind)): \(counted(answers, "answer"))"]
        if let nps {
            lines.append(
                "  NPS \(Self.signed(nps.score)), 95 % between \(Self.signed(nps.from)) and \(Self.signed(nps.to))"
            )
            lines.append(
                "  \(counted(nps.promoters, "promoter")), \(counted(nps.passives, "passive")), "
                    + counted(nps.detractors, "detractor"))
        }
        if let mean { lines.append("  mean \(Self.decimal(mean))") }
        if let satisfied { lines.append("  satisfied \(Self.decimal(100 * satisfied)) %") }
        for (value, count) in (counts ?? [:]).sorted(by: {
            $0.key.localizedStandardCompare($1.key) == .orderedAscending
        }) {
            let bar = String(repeating: "█", count: answers == 0 ? 0 : count * 30 / answers)
            lines.append("  \(value.column(13))\(grouped(count)) \(bar)")
        }
        for word in words ?? [] { lines.append("  “\(word)”") }
        return lines
    }

    private static func decimal(_ number: Double) -> String {
        String(format: "%.1f", number)
    }

    private static func signed(_ number: Double) -> String {
        String(format: "%+.0f", number)
    }
}

extension Question.Kind {
    /// The word in survey files.
    fileprivate var word: String {
        switch self {
        case .nps: "nps"
        case .csat: "csat"
        case .ces: "ces"
        case .choice: "choice"
        case .choices: "choices"
        case .text: "text"
        case .perceivedValue: "perceived_value"
        }
    }
}
