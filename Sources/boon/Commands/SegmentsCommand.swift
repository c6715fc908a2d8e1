import ArgumentParser
import Campaigns
import Foundation
import Model
import Recording

/// `boon segments`: who belongs to which group, and why.
struct SegmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segments", abstract: "List segments, count and show who is in one, and explain why.",
        subcommands: [List.self, Count.self, Show.self, Explain.self])

    /// `boon segments list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the segments with how many customers are in each.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let workspace = try place.open()
            try workspace.requireSoundDefinitions(or: "segments are not decided")
            let segments = workspace.definitions.segments.values.sorted { $0.name < $1.name }
            let rows = try workspace.store().read { try SegmentRow.rows(of: segments, in: workspace, $0) }
            if listing.json { return try Console.print(json: rows) }
            if rows.isEmpty {
                return Console.print("There are no segments; add a file with 'segments:' to campaigns/.")
            }
            let table = Table<SegmentRow> { row in
                [
                    Cell("segment", row.segment),
                    Cell("customers", grouped(row.customers), isRight: true),
                    Cell("mailable", grouped(row.mailable), isRight: true),
                    Cell("condition", row.condition),
                ]
            }
            Console.print(rows, as: table)
        }
    }

    /// `boon segments count`
    struct Count: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the customers in a segment, and those of them who may be mailed.")

        @OptionGroup var arguments: SegmentArguments
        @OptionGroup var listing: ListingOptions

        func run() throws {
            let (workspace, segment) = try arguments.found()
            let count = try workspace.store().read { try $0.count(segment.query(in: $0, of: workspace)) }
            let row = SegmentRow(segment, count)
            if listing.json { return try Console.print(json: row) }
            Console.print(
                "\(counted(count.all, "customer")), of whom \(grouped(count.mailable)) may be mailed")
        }
    }

    /// `boon segments show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the customers in a segment, in the order of their ids.")

        @OptionGroup var arguments: SegmentArguments
        @OptionGroup var listing: ListingOptions
        @Option(help: ArgumentHelp("How many at most.", valueName: "n"))
        var limit = 50

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
        }

        func run() throws {
            let (workspace, segment) = try arguments.found()
            let (members, count) = try workspace.store().read { view in
                let query = try segment.query(in: view, of: workspace)
                return (
                    try view.customers(query, limit: limit).map(MemberRow.init), try view.count(query).all
                )
            }
            if listing.json { return try Console.print(json: members) }
            if members.isEmpty { return Console.print("Nobody is in '\(segment.name)'.") }
            let table = Table<MemberRow> { row in
                [
                    Cell("id", row.id), Cell("email", row.email),
                    Cell("name", row.name), Cell("consent", row.consent),
                ]
            }
            Console.print(members, as: table)
            if count > members.count { Console.note("... and \(grouped(count - members.count)) more") }
        }
    }
}

/// Which segment.
struct SegmentArguments: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions
    @Argument(help: "The segment's name.")
    var segment: String

    /// The workspace and the segment in it.
    func found() throws -> (Workspace, Segment) {
        let workspace = try place.open()
        try workspace.requireSoundDefinitions(or: "segments are not decided")
        let known = workspace.definitions.segments
        guard let segment = known[segment] else {
            throw Failure.input(.unknown(segment, among: known.keys.sorted(), called: "segment"))
        }
        return (workspace, segment)
    }
}

extension Segment {
    /// Of whom its condition holds now, as a question to the stores.
    fileprivate func query(in view: IndexView, of workspace: Workspace) throws -> CustomerQuery {
        try view.query(condition, in: workspace.definitions, at: .now, zone: workspace.zone)
    }
}

/// A segment as listings show it.
private struct SegmentRow: Encodable {
    let segment: String
    let condition: String
    let customers: Int
    let mailable: Int

    init(_ segment: Segment, _ count: CustomerCount) {
        (self.segment, condition) = (segment.name, segment.condition.description)
        (customers, mailable) = (count.all, count.mailable)
    }

    /// All segments as of one instant. Customers are measured against each other once for all that ask for it.
    static func rows(of segments: [Segment], in workspace: Workspace, _ view: IndexView) throws
        -> [SegmentRow]
    {
        let (definitions, now, zone) = (workspace.definitions, Timestamp.now, workspace.zone)
        let scales = try view.rfmScales(
            for: segments.map(\.condition), in: definitions, at: now, zone: zone)
        return try segments.map { segment in
            let query = try CustomerQuery(
                segment.condition, in: definitions, rfm: scales, at: now, zone: zone)
            return SegmentRow(segment, try view.count(query))
        }
    }
}

/// A customer as listings show them.
private struct MemberRow: Encodable {
    let id: String
    let email: String
    let name: String
    let consent: String

    init(_ customer: Customer) {
        (id, email, consent) = (customer.id.text, customer.email, customer.consent.rawValue)
        name = [customer.firstName, customer.lastName].compactMap { $0 }.joined(separator: " ")
    }
}
