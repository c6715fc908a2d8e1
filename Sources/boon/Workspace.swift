import ArgumentParser
import Campaigns
import Foundation
import MIME
import Model
import Recording

/// Where a command works, and how it writes.
struct WorkspaceOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The workspace's folder.", valueName: "dir"))
    var workspace = "."

    /// The workspace, opened.
    func open() throws -> Workspace {
        try Workspace(path: workspace)
    }
}

/// Whether a listing is for a person or for a program.
struct ListingOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}

/// A marketer's folder: settings, campaigns, templates and stores.
struct Workspace: Sendable {
    let path: String
    let definitions: Definitions
    let settings: Settings
    let zone: TimeZone

    /// Reads what the folder defines.
    /// - Throws: `Failure` when the settings are missing or wrong.
    init(path: String) throws {
        self.path = path
        definitions = try Definitions.read(workspace: path, environment: ProcessInfo.processInfo.environment)
        guard let settings = definitions.settings else {
            for diagnostic in definitions.diagnostics where diagnostic.severity == .error {
                Console.note(diagnostic.description)
            }
            throw Failure.input("the workspace '\(path)' has no settings to work with; mend its boon.yaml")
        }
        self.settings = settings
        guard let zone = TimeZone(identifier: settings.timezone) else {
            throw Failure.input(
                "the time zone '\(settings.timezone)' of boon.yaml is not known on this machine")
        }
        self.zone = zone
    }

    /// Where the journals are.
    var storeFolder: String {
        settings.store.hasPrefix("/") ? settings.store : "\(path)/\(settings.store)"
    }

    /// The stores, opened and mended.
    func store() throws -> Store {
        let store = try Store(folder: storeFolder) { .now }
        for notice in store.takeNotices() { Console.warning(notice) }
        return store
    }

    /// Refuses to go on while any campaign file is wrong.
    func requireSoundDefinitions() throws {
        guard definitions.hasErrors else { return }
        for diagnostic in definitions.diagnostics where diagnostic.severity == .error {
            Console.note(diagnostic.description)
        }
        throw Failure.input("nothing is sent while campaign files are wrong; mend them and run 'boon check'")
    }

    /// A campaign by identifier.
    func campaign(_ id: String) throws -> Campaign {
        guard let campaign = definitions.campaigns[id] else {
            throw Failure.input(
                "there is no campaign '\(id)'; known are: "
                    + definitions.campaigns.keys.sorted().joined(separator: ", "))
        }
        return campaign
    }
}

extension IndexView {
    /// A customer by identifier or address, as people name them.
    func customer(named name: String) throws -> Customer {
        if let customer = try customer(CustomerID(name)) { return customer }
        let address = try? EmailAddress(name, smtputf8: true)
        let found = try customers(email: address?.text ?? name)
        if found.count > 1 {
            let ids = found.map(\.id.text).joined(separator: ", ")
            throw Failure.input("several customers have the address '\(name)': \(ids); name one by its id")
        }
        guard let customer = found.first else {
            throw Failure.input("no customer has the id or address '\(name)'; check the spelling")
        }
        return customer
    }
}

extension Timestamp {
    /// The system's clock.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// As people read it in a zone: `2026-11-21 11:00`.
    func text(in zone: TimeZone) -> String {
        let local = local(in: zone)
        let hour = local.clock.hour < 10 ? "0\(local.clock.hour)" : "\(local.clock.hour)"
        let minute = local.clock.minute < 10 ? "0\(local.clock.minute)" : "\(local.clock.minute)"
        return "\(local.date) \(hour):\(minute)"
    }
}
