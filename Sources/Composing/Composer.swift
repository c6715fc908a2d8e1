import Campaigns
import Foundation
import Liquid
import Loyalty
import MIME
import Model
import Value

/// Writes the messages of one campaign. Made once per campaign: templates are parsed, texts prepared and
/// addresses read then; any number of threads may compose with one composer at the same time.
package final class Composer: Sendable {
    private let campaign: Campaign
    private let settings: Settings
    private let definitions: Definitions
    private let headers: MessageHeaders
    private let signer: LinkSigner
    private let zone: TimeZone
    /// By language, one for each of the campaign's.
    private let letters: [String: Letter]
    private let rfm: RFMScales?
    private let remembersLines: Bool

    /// Prepares a campaign.
    /// - Parameters:
    ///   - definitions: the workspace's, without errors: surveys, contests, segments, programme, settings.
    ///   - templates: where templates are found.
    ///   - signer: makes the tokens in links and addresses.
    ///   - rfm: what RFM groups are told by, where a module asks for them.
    ///   - remembersLines: whether lines that an earlier message had are taken from there instead of being encoded
    ///     again, which changes no byte; the test that proves it turns it off.
    package init(
        _ campaign: Campaign, definitions: Definitions, templates: TemplateLibrary, signer: LinkSigner,
        rfm: RFMScales? = nil, remembersLines: Bool = true
    ) throws(ComposingError) {
        guard let settings = definitions.settings else { throw .noSettings }
        let zone = TimeZone(identifier: settings.timezone) ?? .gmt
        (self.campaign, self.settings, self.zone, self.signer) = (campaign, settings, zone, signer)
        self.definitions = definitions
        (self.rfm, self.remembersLines) = (rfm, remembersLines)
        headers = try MessageHeaders(campaign, settings: settings)
        do {
            let pictures = try PictureLibrary(
                of: campaign, in: templates.workspace, domain: headers.from.address.domain)
            letters = try campaign.languages.reduce(into: [:]) { letters, language in
                letters[language] = try Letter(
                    campaign, language: language, settings: settings, definitions: definitions, zone: zone,
                    library: templates, pictures: pictures)
            }
        } catch { throw ComposingError(error) }
    }

    /// Whether a module depends on what the recipient did or was sent.
    package var asksForResponses: Bool {
        campaign.modules.contains { $0.when?.asksForResponses(segments: definitions.segments) ?? false }
    }

    /// Writes the message of one recipient. The same input gives the same bytes.
    /// - Parameters:
    ///   - run: the occurrence it belongs to. Message-ID and bounce address are made from it and the customer: the
    ///     one from their identifiers, the other from their numbers.
    ///   - variant: whose subject and preheader it has, by its place in the campaign's A/B test; the campaign's own for
    ///     nil, and for one that there is not.
    ///   - now: the message's date, and the instant whose points it tells.
    package func compose(
        for recipient: Recipient, run: NumberedRun, variant: Int? = nil, now: Timestamp
    ) throws(ComposingError) -> ComposedMessage {
        let address: EmailAddress
        do { address = try EmailAddress(recipient.customer.email) } catch { throw .recipient(error) }
        do {
            return try compose(for: recipient, at: address, run: run, variant: variant, now: now)
        } catch {
            throw ComposingError(error)
        }
    }

    private func compose(
        for recipient: Recipient, at address: EmailAddress, run: NumberedRun, variant: Int?, now: Timestamp
    ) throws -> ComposedMessage {
        let customer = recipient.customer
        guard let language = Language.choose(for: customer.locale, among: campaign.languages),
            let letter = letters[language]
        else { throw ComposingError.other("The campaign '\(campaign.id)' has no languages.") }
        let links = MessageLinks(
            signer: signer, publicURL: settings.publicURL, campaign: campaign.id, customer: customer.id,
            run: run.id)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(now.seconds)))
        let layer = RecipientScope(
            recipient, points: letter.points, links: links, currency: settings.currency, now: now, zone: zone)
        let scope = Scope([letter.layer, layer], now: Int(now.seconds), utcOffset: offset)
        let rendered = try letter.render(
            variant: variant, at: Moment(scope: scope, customer: customer.id, links: links, now: now),
            facts: Facts(
                about: customer, orders: recipient.orders, ledger: recipient.ledger,
                responses: recipient.responses, rfm: rfm, in: definitions, at: now, zone: zone))
        let text = PlainText.tidied(rendered.text)
        guard let numbers = MessageNumbers(run: run.number, customer: recipient.number) else {
            throw ComposingError.other("The store's numbers are too large for a bounce address.")
        }
        let sender = try headers.sender(of: numbers, signer.bounces)
        let messageID = try headers.messageID(run: run.id, customer: customer.id)
        let fields = try headers.fields(
            MessageHeaders.Personal(
                name: customer.fullName, address: address, subject: rendered.subject, sender: sender,
                messageID: messageID, unsubscribe: links.unsubscribe,
                date: MessageDate(seconds: now.seconds, offsetMinutes: offset / 60)))
        let known = remembersLines ? letter.memory.lines(html: rendered.html, text: text) : nil
        let html = Part.html(utf8: rendered.html, known: known?.html)
        let body = Part.alternative(
            .text(utf8: text, known: known?.text),
            rendered.pictures.isEmpty ? html : .related(html, rendered.pictures.map(\.part)))
        let message = Message(headers: fields, body: body)
        return ComposedMessage(
            customer: customer.id, sender: sender, recipient: address, messageID: messageID,
            bytes: try message.serialized(), language: language, renderedSubject: rendered.subject,
            html: rendered.html, plainText: text, pictures: rendered.pictures,
            warnings: warnings(about: rendered))
    }

    private func warnings(about rendered: Letter.Rendered) -> [String] {
        let size = rendered.html.count
        guard size > ComposedMessage.htmlLimit else { return [] }
        return [
            "The HTML has \(size / 1024) KB; Gmail cuts off what is over 102 KB: shorten a text or leave out a module."
        ]
    }
}
