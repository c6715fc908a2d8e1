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
            let rows = try workspace.store().read { view in
                try segments.map { try SegmentRow($0, in: workspace, view) }
            }
            if listing.json { return try Console.print(json: rows) }
            if rows.isEmpty {
                return Console.print("There are no segments; add a file with 'segments:' to campaigns/.")
            }
            let table = Table<SegmentRow> { row in
                [
                    Cell("segment", row.segment),
                    Cell(
                        "customers", row.customers.map { grouped($0) } ?? "-", isRight: true),
                    Cell("mailable", row.mailable.map { grouped($0) } ?? "-", isRight: true),
                    Cell("condition", row.condition),
                ]
            }
            Console.print(rows, as: table)
            for reason in rows.compactMap(\.undecided) { Console.warning(reason) }
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
            let query = try workspace.query(segment.condition)
            let count = try workspace.store().read { try $0.count(query) }
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
            let query = try workspace.query(segment.condition)
            let (members, count) = try workspace.store().read { view in
                (try view.customers(query, limit: limit).map(MemberRow.init), try view.count(query).all)
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

extension Workspace {
    /// Of whom a condition holds now, as a question to the stores.
    func query(_ condition: Condition) throws(Unanswerable) -> CustomerQuery {
        try CustomerQuery(condition, in: definitions, at: .now, zone: zone)
    }
}

/// A segment as listings show it.
private struct SegmentRow: Encodable {
    let segment: String
    let condition: String
    /// nil for a condition that cannot be decided.
    let customers: Int?
    let mailable: Int?
    /// Why it cannot be decided.
    let undecided: String?

    init(_ segment: Segment, _ count: CustomerCount?, undecided: String? = nil) {
        (self.segment, condition) = (segment.name, segment.condition.description)
        (customers, mailable, self.undecided) = (count?.all, count?.mailable, undecided)
    }

    init(_ segment: Segment, in workspace: Workspace, _ view: IndexView) throws {
        do {
            self.init(segment, try view.count(workspace.query(segment.condition)))
        } catch let question as Unanswerable {
            self.init(segment, nil, undecided: question.description)
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
