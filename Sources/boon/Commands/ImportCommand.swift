import ArgumentParser
import Foundation
import Importing
import Model
import Recording

/// A file to import and what its columns mean, on the command line.
struct ImportFile: ParsableArguments {
    @Argument(help: ArgumentHelp("A CSV file, or JSON Lines when it ends in .jsonl.", valueName: "file"))
    var path: String

    @Option(help: ArgumentHelp("A column of the file and what Boon calls it.", valueName: "theirs=ours"))
    var map: [String] = []

    @Option(help: ArgumentHelp("A column of the file to leave out.", valueName: "column"))
    var ignore: [String] = []

    func options(for workspace: Workspace) throws -> ImportOptions {
        var map: [String: String] = [:]
        for pair in self.map {
            guard let sign = pair.firstIndex(of: "=") else {
                throw Failure.usage(
                    "--map takes THEIRS=OURS, such as --map customer_id=customer; '\(pair)' has no =")
            }
            map[String(pair[..<sign])] = String(pair[pair.index(after: sign)...])
        }
        return ImportOptions(map: map, ignored: Set(ignore), zone: workspace.zone)
    }
}

/// How a file of customers or orders is to be understood, on the command line.
struct ImportArguments: ParsableArguments {
    @OptionGroup var table: ImportFile

    @Option(help: "What new customers have said: subscribed or pending. Needs --source.")
    var consent: String?

    @Option(help: ArgumentHelp("Where the consent comes from, recorded with it.", valueName: "text"))
    var source: String?

    @Flag(help: "Take 'subscribed' in the file as valid for customers who have unsubscribed.")
    var resubscribe = false

    @Option(
        help: ArgumentHelp(
            "The currency of amounts that name none (default: boon.yaml's).", valueName: "code"))
    var currency: String?

    var file: String { table.path }

    func options(for workspace: Workspace) throws -> ImportOptions {
        var options = try table.options(for: workspace)
        (options.source, options.resubscribes) = (source, resubscribe)
        options.currency = workspace.settings.currency
        if let consent {
            guard let known = Consent(rawValue: consent) else {
                throw Failure.usage("--consent is subscribed or pending, not '\(consent)'")
            }
            options.consent = known
        }
        if let currency {
            guard let known = Currency(currency) else {
                throw Failure.usage("--currency takes three letters such as EUR, not '\(currency)'")
            }
            options.currency = known
        }
        return options
    }
}

/// What imports have in common: progress, summary, exit code.
enum ImportReport {
    /// Runs an import with a progress bar and prints what it did.
    static func run(
        _ noun: String, _ work: (_ progress: (ImportProgress) -> Void) throws -> ImportSummary
    ) throws -> ImportSummary {
        let bar = Progress("Importing", each: "row")
        let summary = try work { bar.set(count: $0.rows, done: $0.bytes, of: $0.totalBytes) }
        bar.finish()
        show(summary, noun)
        return summary
    }

    /// Names the rows that were refused, if any; the good rows are kept.
    /// - Throws: `Failure`, which makes the exit code.
    static func requireAllTaken(_ summary: ImportSummary) throws {
        if summary.refused == 0 { return }
        for refusal in summary.refusals { Console.note(refusal.description.withoutLoneFullStop) }
        let more = summary.refused - summary.refusals.count
        if more > 0 { Console.note("... and \(grouped(more)) more") }
        throw Failure.input("\(counted(summary.refused, "row")) refused; \(advice(summary))")
    }

    private static func advice(_ summary: ImportSummary) -> String {
        // Rows that were refused before it are refused again, so there is one thing to do and not two.
        if summary.isCutShort { return "close the quote in the file and import it again" }
        return "mend them in \(summary.rejectedFile ?? "the file") and import that"
    }

    private static func show(_ summary: ImportSummary, _ noun: String) {
        Console.print(
            "\(counted(summary.rows, "row")): \(counted(summary.added, noun)) added, "
                + "\(grouped(summary.updated)) updated, \(grouped(summary.unchanged)) unchanged, "
                + "\(counted(summary.refused, "row")) refused")
        if summary.createdCustomers > 0 {
            Console.print("\(counted(summary.createdCustomers, "customer")) created from orders")
        }
        if summary.stayUnsubscribed > 0 {
            Console.print(
                "\(counted(summary.stayUnsubscribed, "customer")) stayed unsubscribed; "
                    + "--resubscribe takes the file's word for it")
        }
    }
}
