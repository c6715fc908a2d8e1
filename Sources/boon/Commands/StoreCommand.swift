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
            abstract: "Check every record's number and sum, from the first byte on; change nothing.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let folder = try place.open().storeFolder
            let progress = Progress("Verifying", unit: "records")
            let reports = try Store.verify(folder: folder) { progress.advance(by: $0) }
            progress.finish()
            if listing.json {
                try Console.print(json: reports.map(Row.init))
            } else {
                for report in reports { show(report) }
            }
            let damaged = reports.filter { $0.damage != nil }
            if !damaged.isEmpty { throw Failure.input("\(counted(damaged.count, "store")) damaged") }
        }

        private func show(_ report: JournalReport) {
            Console.print(
                report.store.rawValue.column(11)
                    + "\(grouped(report.records)) records, \(report.damage == nil ? "sound" : "DAMAGED")")
            if let sentence = report.damage ?? report.unfinished { Console.print("  \(sentence)") }
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
        }
    }

    /// `boon store rebuild`
    struct Rebuild: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make index.sqlite anew from the journals.")

        @OptionGroup var place: WorkspaceOptions

        func run() throws {
            let store = try place.open().store()
            let begun = ContinuousClock.now
            let progress = Progress("Rebuilding", unit: "records")
            let records = try store.rebuild { progress.advance(by: $0) }
            progress.finish()
            let seconds = max((ContinuousClock.now - begun) / .seconds(1), 0.001)
            Console.print(
                "The index was made anew from \(grouped(records)) records (\(grouped(Int(Double(records) / seconds)))/s)."
            )
        }
    }
}
