import ArgumentParser
import Importing
import Model
import Recording

/// `boon customers`: who may be mailed.
struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Import customers, look one up, decide whom not to mail.",
        subcommands: [Import.self, Show.self, CustomersSuppress.self, CustomersRestore.self])

    /// `boon customers import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import customers from CSV or JSON Lines. Importing a file again changes nothing.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var arguments: ImportArguments

        func run() throws {
            let workspace = try place.open()
            let options = try arguments.options(for: workspace)
            let store = try workspace.store(expectsBulk: true)
            var generator = SystemRandomNumberGenerator()
            let summary = try ImportReport.run("customer") { progress in
                try Importer(store: store, options: options).importCustomers(
                    from: arguments.file, using: &generator, progress: progress)
            }
            try ImportReport.requireAllTaken(summary)
        }
    }

    /// `boon customers show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what is known about a customer.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: .customer)
        var customer: String

        func run() throws {
            let workspace = try place.open()
            let report = try workspace.store().read { view in
                let customer = try view.customer(named: customer)
                return CustomerReport(
                    customer, orders: try view.orders(of: customer.id),
                    suppression: try view.suppression(of: customer.id))
            }
            if listing.json { return try Console.print(json: report) }
            for line in report.lines(in: workspace.zone) { Console.print(line) }
        }
    }
}

/// `boon orders`: what they bought.
struct OrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Import orders; they earn points.", subcommands: [Import.self])

    /// `boon orders import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import orders from CSV or JSON Lines. Importing a file again changes nothing.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var arguments: ImportArguments
        @Flag(help: "Create the customers of orders that are not known yet.")
        var createCustomers = false

        func run() throws {
            let workspace = try place.open()
            var options = try arguments.options(for: workspace)
            options.createsCustomers = createCustomers
            let store = try workspace.store(expectsBulk: true)
            var generator = SystemRandomNumberGenerator()
            let summary = try ImportReport.run("order") { progress in
                try Importer(store: store, options: options).importOrders(
                    from: arguments.file, using: &generator, progress: progress)
            }
            if let programme = workspace.definitions.programme {
                try PointsRun(under: programme, store).report()
            }
            try ImportReport.requireAllTaken(summary)
        }
    }
}
