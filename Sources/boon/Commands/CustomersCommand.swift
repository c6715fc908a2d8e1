import ArgumentParser
import Importing
import Model
import Recording

/// `boon customers`: who may be mailed.
struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Import customers, look one up.",
        subcommands: [Import.self, Show.self])

    /// `boon customers import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import customers from CSV or JSON Lines. Importing a file again changes nothing.")

        @OptionGroup var place: WorkspaceOptions
        @OptionGroup var arguments: ImportArguments

        func run() throws {
            let workspace = try place.open()
            let options = try arguments.options(for: workspace)
            let store = try workspace.store()
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
        @Argument(help: "An id or an address.")
        var customer: String

        func run() throws {
            let workspace = try place.open()
            let known = try workspace.store().read { view in
                let customer = try view.customer(named: customer)
                return (customer, try view.orders(of: customer.id))
            }
            let fields = Self.fields(of: known.0, orders: known.1, in: workspace)
            if listing.json {
                return try Console.print(json: Dictionary(uniqueKeysWithValues: fields))
            }
            for (name, value) in fields {
                Console.print(name.padding(toLength: 18, withPad: " ", startingAt: 0) + value)
            }
        }

        private static func fields(
            of customer: Customer, orders: [Order], in workspace: Workspace
        ) -> [(String, String)] {
            let attributes = customer.attributes.sorted { $0.key < $1.key }
            let known: [(String, String?)] = [
                ("id", customer.id.text), ("email", customer.email), ("first_name", customer.firstName),
                ("last_name", customer.lastName), ("phone", customer.phone), ("locale", customer.locale),
                ("timezone", customer.timezone), ("country", customer.country), ("city", customer.city),
                ("birthday", customer.birthday?.description), ("gender", customer.gender),
                ("tags", customer.tags.isEmpty ? nil : customer.tags.joined(separator: ", ")),
                ("channel", customer.channel), ("acquisition_cost", customer.acquisitionCost?.description),
                ("joined", customer.joined?.text(in: workspace.zone)), ("consent", customer.consent.rawValue),
                ("consent_source", customer.consentSource), ("orders", grouped(orders.count)),
                ("last_order", orders.last?.at.text(in: workspace.zone)),
            ]
            return known.compactMap { name, value in value.map { (name, $0) } }
                + attributes.map { ("attributes.\($0.key)", $0.value) }
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
            let store = try workspace.store()
            var generator = SystemRandomNumberGenerator()
            let summary = try ImportReport.run("order") { progress in
                try Importer(store: store, options: options).importOrders(
                    from: arguments.file, using: &generator, progress: progress)
            }
            try PointsRun(workspace, store)?.report()
            try ImportReport.requireAllTaken(summary)
        }
    }
}
