import ArgumentParser
import Foundation
import Recording

/// `boon store`: look after the journals and their index.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Verify the journals, or make their index anew.",
        subcommands: [Verify.self, Rebuild.self])

    /// `boon store verify`
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Check every record's number and sum, from the first byte on, and the files of open runs; change nothing."
        )

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let folder = try place.open().storeFolder
            let progress = Progress("Verifying", each: "record")
            let reports = try Store.verify(folder: folder) { progress.advance(by: $0) }
            progress.finish()
            let definitions = Store.verifyDefinitions(folder: folder)
            if listing.json {
                try Console.print(json: reports.map(Row.init) + [Row(definitions)])
            } else {
                for report in reports { show(report) }
                show(definitions)
            }
            let damaged = reports.count { $0.damage != nil } + (definitions.damage.isEmpty ? 0 : 1)
            if damaged > 0 { throw Failure.input("\(counted(damaged, "store")) damaged") }
        }

        private func show(_ report: JournalReport) {
            Console.print(
                report.store.rawValue.column(13)
                    + "\(counted(report.records, "record")), \(report.damage == nil ? "sound" : "DAMAGED")")
            if let sentence = report.damage ?? report.unfinished { Console.print("  \(sentence)") }
        }

        private func show(_ report: DefinitionsReport) {
            Console.print(
                "definitions".column(13)
                    + "\(grouped(report.kept)) kept, \(report.damage.isEmpty ? "sound" : "DAMAGED")")
            for sentence in report.damage { Console.print("  \(sentence)") }
        }

        private struct Row: Encodable {
            let store: String
            let records: Int64
            let damage: String?
            let unfinished: String?

            init(_ report: JournalReport) {
                (store, records) = (report.store.rawValue, report.records)
                (damage, unfinished) = (report.damage, report.unfinished)
            }

            init(_ report: DefinitionsReport) {
                (store, records, unfinished) = ("definitions", Int64(report.kept), nil)
                damage = report.damage.isEmpty ? nil : report.damage.joined(separator: "\n")
            }
        }
    }

    /// `boon store rebuild`
    struct Rebuild: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make index.sqlite anew from the journals.")

        @OptionGroup var place: WorkspaceOptions

        @Flag(help: "Forget the records that the present index knows and the journals have lost.")
        var acceptLoss = false

        func run() throws {
            let store = try Store(folder: place.open().storeFolder, expectsBulk: true, mends: false) { .now }
            let begun = ContinuousClock.now
            let progress = Progress("Rebuilding", each: "record")
            let records = try store.rebuild(acceptsLoss: acceptLoss) { progress.advance(by: $0) }
            progress.finish()
            for notice in store.takeNotices() { Console.warning(notice) }
            let seconds = max((ContinuousClock.now - begun) / .seconds(1), 0.001)
            Console.print(
                "The index was made anew from \(counted(records, "record")) (\(grouped(Int(Double(records) / seconds)))/s)."
            )
        }
    }
}
