import MIME
import Model
import Testing

@testable import Composing

/// Lines that an earlier message had are not encoded again; no byte may tell.
@Suite("Remembered lines")
struct RememberedLinesTests {
    @Test(
        "A message has the same bytes whether or not lines of earlier messages are remembered",
        arguments: ["november-thanks", "winter-warmers", "brewing-letter", "coffee-fair"])
    func sameBytes(campaign: String) throws {
        let fast = try Sample.composer(campaign)
        let slow = try Sample.composer(campaign, remembersLines: false)
        for recipient in try recipients() {
            let quick = try fast.compose(for: recipient, run: Sample.run, now: Sample.now)
            let plain = try slow.compose(for: recipient, run: Sample.run, now: Sample.now)
            #expect(quick.bytes == plain.bytes, "\(recipient.customer.firstName ?? "nobody")")
            #expect(quick.html == plain.html && quick.text == plain.text)
        }
    }

    @Test("It makes no difference which message comes first")
    func order() throws {
        let (forth, back) = (try Sample.composer("november-thanks"), try Sample.composer("november-thanks"))
        let recipients = try recipients()
        let ahead = try recipients.map { try forth.compose(for: $0, run: Sample.run, now: Sample.now).bytes }
        let astern = try recipients.reversed().map {
            try back.compose(for: $0, run: Sample.run, now: Sample.now).bytes
        }
        #expect(ahead == astern.reversed())
    }

    /// In every language with and without points, and with names that spoil lines if anything can.
    private func recipients() throws -> [Recipient] {
        let names = [
            "Anna", nil, "=", "= ", ".", "From ", "ö", "Ж\u{301}", "<b>&",
            String(repeating: "long ", count: 30),
        ]
        return try Sample.languages.flatMap { language in
            try names.enumerated().flatMap { number, name in
                var customer = Sample.customer(language, firstName: name)
                customer.id = CustomerID("c-\(language)-\(number)")
                return [try Sample.recipient(customer), Recipient(customer: customer)]
            }
        }
    }
}
