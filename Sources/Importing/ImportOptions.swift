import Foundation
import Model

/// How a file is to be understood: what the command line says, and what the workspace's settings do.
package struct ImportOptions: Sendable {
    /// `--map THEIRS=OURS`: the name in the file, and ours.
    package var map: [String: String]
    /// `--ignore COLUMN`: names in the file.
    package var ignored: Set<String>
    /// `--consent`: what holds for new customers of whom the file does not say it.
    package var consent: Consent?
    /// `--source`: where consent comes from, recorded with each consent that this import sets.
    package var source: String?
    /// `--create-customers`: orders of unknown customers create them.
    package var createsCustomers: Bool
    /// `--resubscribe`: a `subscribed` in the file counts for customers who have unsubscribed too.
    package var resubscribes: Bool
    /// The currency of amounts that name none.
    package var currency: Currency?
    /// What separates values; nil to see it from the header.
    package var delimiter: UInt8?
    /// The zone in which the file tells dates and times without an offset.
    package var zone: TimeZone

    /// Options of an import.
    package init(
        map: [String: String] = [:], ignored: Set<String> = [], consent: Consent? = nil,
        source: String? = nil,
        createsCustomers: Bool = false, resubscribes: Bool = false, currency: Currency? = nil,
        delimiter: UInt8? = nil, zone: TimeZone
    ) {
        (self.map, self.ignored, self.consent, self.source) = (map, ignored, consent, source)
        (self.createsCustomers, self.resubscribes) = (createsCustomers, resubscribes)
        (self.currency, self.delimiter, self.zone) = (currency, delimiter, zone)
    }

    /// Checks what can be checked without the file.
    /// - Throws: `ImportError`.
    func check() throws(ImportError) {
        if consent == .unsubscribed {
            throw ImportError(
                .usage, "--consent is subscribed or pending; to unsubscribe, use a consent column.")
        }
        if consent != nil, source?.isEmpty ?? true {
            throw ImportError(
                .usage,
                "--consent needs --source TEXT: where the consent comes from, such as \"shop export\".")
        }
        if let source, source.utf8.count > 500 || source.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw ImportError(
                .usage, "--source holds a control character or more than 500 bytes; shorten it.")
        }
    }

    /// Customers are never made subscribers by silence: somebody says what holds for them.
    func checkConsent(hasColumn: Bool) throws(ImportError) {
        if !hasColumn, consent == nil {
            throw ImportError(
                .usage,
                "The file has no consent column: say --consent subscribed or --consent pending,"
                    + " and --source where the consent comes from.")
        }
    }
}
