import Campaigns
import Foundation
import Loyalty
import MIME
import Model
import TestSupport
import Testing
import Value

@testable import Composing

/// The repository's own files, which are the defaults and the worked example.
enum Repository {
    static let root = Checkout.root

    /// Texts by path, as they are embedded.
    static let files: [String: String] = {
        var files = ["boon.yaml": text(of: "boon.yaml")]
        for folder in ["templates", "campaigns"] {
            for path in FileManager.default.subpaths(atPath: root.path + "/" + folder) ?? []
            where path.contains(".") {
                files["\(folder)/\(path)"] = text(of: "\(folder)/\(path)")
            }
        }
        return files
    }()

    static let templates = TemplateLibrary(workspace: nil, builtIn: files)

    static let definitions: Definitions = read(files)

    static func read(_ files: [String: String]) -> Definitions {
        let yaml = files.filter { $0.key.hasSuffix(".yaml") }.mapValues { Array($0.utf8) }
        return Definitions.read(files: yaml, environment: [:])
    }

    private static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }
}

/// What tests compose with: a fixed key, clock and customer.
enum Sample {
    static let now = Timestamp(seconds: 1_795_500_000)  // 2026-11-24 06:00 UTC
    static let run = NumberedRun("november-thanks@2026-11-24T06:00:00.000Z", number: 7)
    static let languages = ["et", "en", "he", "kk", "th", "nl"]

    static func signer() throws -> LinkSigner {
        try #require(LinkSigner(key: [UInt8](repeating: 7, count: 32)))
    }

    static func customer(_ locale: String = "en", firstName: String? = "Anna", lastName: String? = "Smith")
        -> Customer
    {
        var customer = Customer(id: "c-1042", email: "anna@mail.example", consent: .subscribed)
        (customer.firstName, customer.lastName, customer.locale) = (firstName, lastName, locale)
        customer.country = "EE"
        return customer
    }

    /// 145 beans that can be spent, 40 of them lost at the end of the year, and 30 pending.
    static func recipient(_ customer: Customer = customer()) throws -> Recipient {
        let euro = try #require(Currency("EUR"))
        let entries = [
            entry("first", 40, daysAgo: 300, expires: now.advanced(milliseconds: 38 * 86_400_000)),
            entry("second", 105, daysAgo: 60, expires: now.advanced(milliseconds: 300 * 86_400_000)),
            entry("third", 30, daysAgo: 2, activates: now.advanced(milliseconds: 12 * 86_400_000)),
        ].map { entry in
            var entry = entry
            entry.customer = customer.id
            return entry
        }
        let line = OrderLine(total: 2350, category: "coffee", sku: "HUILA-250", quantity: 2)
        let order = Order(
            id: "o-1", customer: customer.id, at: now.advanced(milliseconds: -86_400_000 * 60),
            currency: euro, lines: [line])
        return Recipient(
            customer: customer, number: 42, orders: [order],
            ledger: try Ledger(customer: customer.id, entries: entries))
    }

    private static func entry(
        _ key: String, _ points: Int64, daysAgo: Int64, activates: Timestamp? = nil, expires: Timestamp? = nil
    ) -> PointsEntry {
        PointsEntry(
            kind: .earned, customer: "c-1042", key: key, points: points,
            occurred: now.advanced(milliseconds: -daysAgo * 86_400_000), activates: activates,
            expires: expires,
            source: "order:\(key)", actor: "boon")
    }

    /// A campaign of the repository.
    static func composer(
        _ campaign: String, definitions: Definitions = Repository.definitions,
        templates: TemplateLibrary = Repository.templates, rfm: RFMScales? = nil, remembersLines: Bool = true
    ) throws -> Composer {
        let problems = definitions.diagnostics.filter { $0.severity == .error }
        #expect(problems.isEmpty, "\(problems)")
        let campaign = try #require(definitions.campaigns[campaign])
        return try Composer(
            campaign, definitions: definitions, templates: templates, signer: signer(), rfm: rfm,
            remembersLines: remembersLines)
    }

    /// A campaign written for one test, beside the repository's programme, survey and contest.
    static func composer(yaml: String, templates: [String: String] = [:], rfm: RFMScales? = nil) throws
        -> Composer
    {
        var files = Repository.files.filter { !$0.key.hasPrefix("campaigns/") }
        for name in ["programme", "nps", "free-ticket", "segments", "thanks-promoter"] {
            files["campaigns/\(name).yaml"] = Repository.files["campaigns/\(name).yaml"]
        }
        files["campaigns/test.yaml"] =
            "campaign: test\naudience: subscribed\nlanguages: [en, he]\nsubject: Test\n" + yaml
        files.merge(templates) { _, own in own }
        return try composer(
            "test", definitions: Repository.read(files),
            templates: TemplateLibrary(workspace: nil, builtIn: files), rfm: rfm)
    }
}

extension Composer {
    /// The message of the sample customer, or another.
    func message(for customer: Customer = Sample.customer()) throws -> ComposedMessage {
        try compose(for: Sample.recipient(customer), run: Sample.run, now: Sample.now)
    }
}

extension ComposedMessage {
    var htmlText: String { String(decoding: html, as: UTF8.self) }
    var wire: String { String(decoding: bytes.bytes, as: UTF8.self) }
}
