import ArgumentParser
import Campaigns
import Foundation
import Model
import Recording
import Value

/// `boon surveys`: what customers think.
struct SurveysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "surveys", abstract: "Record and report answers.",
        subcommands: [SurveyAnswer.self, SurveyReport.self])
}

/// `boon surveys answer`
struct SurveyAnswer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Record what a customer has answered, on the telephone for example.")

    @OptionGroup var place: WorkspaceOptions
    @Argument(help: "The survey's identifier.")
    var survey: String
    @Argument(help: .customer)
    var customer: String
    @Argument(help: ArgumentHelp("A question's identifier and the answer.", valueName: "question=answer"))
    var answers: [String]
    @Option(help: "The wave that the answers belong to (default: this quarter, such as 2026-Q4).")
    var wave: String?

    func run() throws {
        let workspace = try place.open()
        let survey = try workspace.survey(survey)
        let store = try workspace.store()
        let known = try store.read { try $0.customer(named: customer) }
        let now = Timestamp.now
        let date = now.local(in: workspace.zone).date
        let wave = wave ?? "\(date.year)-Q\((date.month + 2) / 3)"
        let events = try answers.map { text in
            let (question, value) = try survey.answer(text)
            return Event.answerConfirmed(
                Answer(
                    customer: known.id, survey: survey.id, wave: wave, question: question, value: value,
                    occurred: now, via: "desk"))
        }
        try store.record(events)
        Console.print(
            "\(counted(events.count, "answer")) of \(known.id) recorded for \(survey.id), wave \(wave)")
    }
}

extension Survey {
    /// Reads `question=answer` and checks the answer against the question.
    fileprivate func answer(_ text: String) throws -> (question: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, let question = questions.first(where: { $0.id == parts[0] }) else {
            let known = questions.map(\.id).joined(separator: ", ")
            throw Failure.usage(
                "'\(text)' is no answer to '\(id)'; say QUESTION=ANSWER, questions are: \(known)")
        }
        if let sentence = question.fault(in: parts[1]) {
            throw Failure.input("'\(parts[1])' does not answer '\(question.id)': \(sentence)")
        }
        return (question.id, parts[1])
    }
}

extension Question {
    /// What is wrong with an answer; nil when it fits.
    fileprivate func fault(in answer: String) -> String? {
        switch kind {
        case .nps, .csat, .ces:
            guard let scale, Int(answer).map(scale.contains) != true else { return nil }
            return "say a whole number from \(scale.lowerBound) to \(scale.upperBound)"
        case .choice(let options):
            return options.contains { $0.id == answer } ? nil : "say one of \(Self.names(options))"
        case .choices(let options):
            let chosen = answer.split(separator: "|").map(String.init)
            let areKnown = !chosen.isEmpty && chosen.allSatisfy { id in options.contains { $0.id == id } }
            return areKnown ? nil : "say some of \(Self.names(options)), separated by |"
        case .text:
            // A terminal would obey control characters when the answer is reported.
            if answer.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                return "leave control characters out"
            }
            return answer.utf8.contains { $0 > 0x20 } ? nil : "say something"
        case .perceivedValue:
            let numbers = answer.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            let fits = numbers.count == 2 && numbers.allSatisfy((1...10).contains)
            return fits ? nil : "say benefit/cost, each from 1 to 10, such as 8/5"
        }
    }

    private static func names(_ options: [AnswerOption]) -> String {
        options.map(\.id).joined(separator: ", ")
    }
}

/// `boon surveys report`
struct SurveyReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show a survey's results, the last answer of each customer and wave counted.")

    @OptionGroup var place: WorkspaceOptions
    @OptionGroup var listing: ListingOptions
    @Argument(help: "The survey's identifier.")
    var survey: String

    func run() throws {
        let workspace = try place.open()
        let survey = try workspace.survey(survey)
        let answers = try workspace.store().read { try $0.answers(survey: survey.id) }
        let results = survey.questions.map { SurveyResult($0, answers: answers) }
        if listing.json { return try Console.print(json: results) }
        for (index, result) in results.enumerated() {
            if index > 0 { Console.print() }
            for line in result.lines { Console.print(line) }
        }
    }
}
