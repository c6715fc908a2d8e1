import Campaigns
import Composing
import Importing
import Model
import Planning

/// Why a command ends without having done its work: one sentence on standard error, and the exit code.
struct Failure: Error, CustomStringConvertible {
    /// The documented exit codes.
    enum Kind: Int32 {
        /// A file, a value or a name is wrong.
        case input = 1
        /// The command line is wrong.
        case usage = 2
        /// A relay, a disk or another program failed.
        case outside = 3
    }

    let kind: Kind
    let description: String

    private init(kind: Kind, description: String) {
        (self.kind, self.description) = (kind, description)
    }

    /// What an error of any target means for whoever called the command: all of that policy stands here.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ImportError: self = Failure(error)
        case is WorkspaceError, is PlanningError, is ComposingError, is Unanswerable:
            self = .input("\(error)")
        default: self = .outside("\(error)")
        }
    }

    private init(_ error: ImportError) {
        switch error.cause {
        case .usage: self = .usage(error.description)
        case .input: self = .input(error.description)
        case .outside: self = .outside(error.description)
        }
    }

    /// The input is wrong.
    static func input(_ sentence: String) -> Failure {
        Failure(kind: .input, description: sentence)
    }

    /// The command line is wrong in a way that only the command can see.
    static func usage(_ sentence: String) -> Failure {
        Failure(kind: .usage, description: sentence)
    }

    /// Something outside of Boon failed.
    static func outside(_ sentence: String) -> Failure {
        Failure(kind: .outside, description: sentence)
    }
}

extension String {
    /// That a name is not known, and what was meant or what there is.
    static func unknown(_ name: String, among known: [String], called kind: String) -> String {
        let hint = Nearest.word(to: name, among: known).map { "did you mean '\($0)'?" }
        return "there is no \(kind) '\(name)'; "
            + (hint ?? "known are: \(known.isEmpty ? "none" : known.joined(separator: ", "))")
    }
}
