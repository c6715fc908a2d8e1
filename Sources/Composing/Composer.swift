import Campaigns
import Foundation
import Liquid
import Loyalty
import MIME
import Model

/// Writes the messages of one campaign. Made once per campaign: templates are parsed, texts prepared and
/// addresses read then; any number of threads may compose with one composer at the same time.
package struct Composer: Sendable {
    private let campaign: Campaign
    private let settings: Settings
    private let segments: [String: Segment]
    private let programme: Programme?
    private let headers: MessageHeaders
    private let signer: LinkSigner
    private let zone: TimeZone
    /// By language, one for each of the campaign's.
    private let letters: [String: Letter]
    private let tiers: [String]

    private static let recipientLayer = Fields.Shape([
        "customer", "orders", "points", "tier", "rewards", "links", "now",
    ])

    /// Prepares a campaign.
    /// - Parameters:
    ///   - definitions: the workspace's, without errors: surveys, contests, segments, programme, settings.
    ///   - templates: where templates are found.
    ///   - signer: makes the tokens in links and addresses.
    package init(
        _ campaign: Campaign, definitions: Definitions, templates: TemplateLibrary, signer: LinkSigner
    ) throws(ComposingError) {
        guard let settings = definitions.settings else { throw .noSettings }
        let zone = TimeZone(identifier: settings.timezone) ?? .gmt
        (self.campaign, self.settings, self.zone, self.signer) = (campaign, settings, zone, signer)
        (segments, programme) = (definitions.segments, definitions.programme)
        tiers = definitions.programme?.tiers?.levels.map(\.name) ?? []
        headers = try MessageHeaders(campaign, settings: settings, zone: zone)
        do {
            letters = try campaign.languages.reduce(into: [:]) { letters, language in
                letters[language] = try Letter(
                    campaign, language: language, settings: settings, definitions: definitions, zone: zone,
                    library: templates)
            }
        } catch { throw ComposingError(error) }
    }

    /// Writes the message of one recipient. The same input gives the same bytes.
    /// - Parameters:
    ///   - run: the occurrence it belongs to; Message-ID and bounce address are made from it and the customer.
    ///   - now: the message's date, and the instant whose points it tells.
    package func compose(
        for recipient: Recipient, run: RunID, now: Timestamp
    ) throws(ComposingError) -> ComposedMessage {
        let address: EmailAddress
        do { address = try EmailAddress(recipient.customer.email) } catch { throw .recipient(error) }
        do { return try compose(for: recipient, at: address, run: run, now: now) } catch {
            throw ComposingError(error)
        }
    }

    private func compose(
        for recipient: Recipient, at address: EmailAddress, run: RunID, now: Timestamp
    ) throws -> ComposedMessage {
        let customer = recipient.customer
        guard let language = Language.choose(for: customer.locale, among: campaign.languages),
            let letter = letters[language]
        else { throw ComposingError.other("The campaign '\(campaign.id)' has no languages.") }
        let links = MessageLinks(
            signer: signer, publicURL: settings.publicURL, campaign: campaign.id, customer: customer.id,
            run: run)
        let statement = statement(of: recipient, at: now)
        let scope = scope(for: recipient, letter: letter, statement: statement, links: links, now: now)
        let rendered = try letter.render(
            at: Moment(scope: scope, customer: customer.id, links: links, now: now),
            facts: facts(about: recipient, statement: statement, now: now))
        let text = PlainText.tidied(rendered.text)
        let fields = try headers.fields(
            MessageHeaders.Personal(
                customer: customer, address: address, run: run, subject: rendered.subject, links: links,
                now: now))
        let message = Message(headers: fields, body: .alternative(.text(text), .html(utf8: rendered.html)))
        return ComposedMessage(
            customer: customer.id, sender: try headers.sender(links), recipient: address,
            messageID: try headers.messageID(run: run, customer: customer.id),
            bytes: try message.serialized(),
            language: language, subject: rendered.subject, html: rendered.html, text: text,
            warnings: warnings(about: rendered))
    }

    private func statement(of recipient: Recipient, at now: Timestamp) -> PointsStatement? {
        guard let programme, let ledger = recipient.ledger else { return nil }
        return PointsStatement(ledger, under: programme, at: now)
    }

    private func scope(
        for recipient: Recipient, letter: Letter, statement: PointsStatement?, links: MessageLinks,
        now: Timestamp
    ) -> Scope {
        let points = statement.flatMap { statement in letter.points?.points(statement) }
        let layer = Fields(
            shape: Self.recipientLayer,
            values: [
                .object(CustomerObject(recipient.customer, zone: zone)),
                .object(OrdersObject(recipient.orders, currency: settings.currency, zone: zone)),
                points ?? PointsScope.none, statement.flatMap { letter.points?.tier($0) } ?? .null,
                statement.flatMap { letter.points?.rewards($0) } ?? .array([]), links.value,
                Value(now.local(in: zone)),
            ])
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(now.seconds)))
        return Scope([letter.layer, layer], now: Int(now.seconds), utcOffset: offset)
    }

    private func facts(about recipient: Recipient, statement: PointsStatement?, now: Timestamp) -> Facts {
        var facts = Facts(customer: recipient.customer, now: now, zone: zone)
        facts.orders = recipient.orders
        facts.segments = segments
        facts.tiers = tiers
        facts.tier = statement?.standing?.tier?.name
        guard let statement, let ledger = recipient.ledger else { return facts }
        facts.points = Facts.Points(
            available: statement.balance.available, pending: statement.balance.pending,
            earned: ledger.total(of: .earned, until: now), spent: -ledger.total(of: .spent, until: now))
        return facts
    }

    private func warnings(about rendered: Letter.Rendered) -> [String] {
        let size = rendered.html.count
        guard size > ComposedMessage.htmlLimit else { return [] }
        return [
            "The HTML has \(size / 1024) KB; Gmail cuts off what is over 102 KB: shorten a text or leave out a module."
        ]
    }
}

extension Ledger {
    /// The points of all entries of a kind up to and including an instant. What entries took is negative.
    fileprivate func total(of kind: PointsEntry.Kind, until instant: Timestamp) -> Int64 {
        entries.reduce(0) { sum, entry in
            entry.kind == kind && entry.occurred <= instant ? sum + entry.points : sum
        }
    }
}
