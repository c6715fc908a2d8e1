import Foundation
import MIME
import Model
import TestSupport
import Testing

@testable import Composing

@Suite("Messages")
struct MessageTests {
    @Test("The same input gives the same bytes, from another composer too")
    func deterministic() throws {
        let first = try Sample.composer("november-thanks").message().bytes
        #expect(try Sample.composer("november-thanks").message().bytes == first)
    }

    @Test("The header says who, what, and how to leave")
    func header() throws {
        let message = try Sample.composer("november-thanks").message()
        let headers = ParsedMessage(message.bytes.bytes).headers
        let expected = [
            "From": "Kuldne Kohv <tere@kuldnekohv.example>", "To": "Anna Smith <anna@mail.example>",
            "Date": "Tue, 24 Nov 2026 08:00:00 +0200", "X-Campaign": "november-thanks",
            "List-Id": "Kuldne Kohv <news.kuldnekohv.example>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Feedback-ID": "november-thanks:news:newsletter:kuldnekohv.example", "MIME-Version": "1.0",
        ]
        for (name, value) in expected { #expect(headers.text(name) == value, "\(name)") }
        let leave = try #require(headers.text("List-Unsubscribe"))
        #expect(leave.hasPrefix("<https://news.kuldnekohv.example/unsubscribe/"))
        #expect(leave.contains("<mailto:bounce+") && leave.hasSuffix("?subject=unsubscribe>"))
        #expect(headers.text("Subject") == message.subject)
        #expect(headers.text("Content-Type")?.hasPrefix("multipart/alternative") == true)
    }

    @Test("Message-ID and sender are made of run and customer, and of nothing else")
    func identity() throws {
        let composer = try Sample.composer("november-thanks")
        let first = try composer.message()
        var renamed = Sample.customer("nl", firstName: "Else")
        let later = try composer.compose(
            for: Sample.recipient(renamed), run: Sample.run, now: Sample.now.advanced(milliseconds: 3_600_000)
        )
        #expect(later.messageID == first.messageID && later.sender == first.sender)
        #expect(first.messageID.text.hasPrefix("november-thanks."))
        #expect(first.sender.text.hasPrefix("bounce+") && first.sender.text == first.sender.text.lowercased())
        renamed.id = "c-2"
        var second = try Sample.recipient(renamed)
        second.number = 43
        let other = try composer.compose(for: second, run: Sample.run, now: Sample.now)
        #expect(other.messageID != first.messageID && other.sender != first.sender)
        let next = try composer.compose(
            for: Sample.recipient(), run: NumberedRun("november-thanks@later", number: 8), now: Sample.now)
        #expect(next.messageID != first.messageID && next.sender != first.sender)
    }

    @Test("The unsubscribe link in the mail names this campaign and customer")
    func unsubscribe() throws {
        let message = try Sample.composer("november-thanks").message()
        let link = try #require(
            message.text.firstMatch(of: /https:\/\/news.kuldnekohv.example\/unsubscribe\/(\S+)/))
        let claim = try Sample.signer().claim(of: String(link.output.1), for: .unsubscribe)
        #expect(claim == LinkSigner.Claim(campaign: "november-thanks", customer: "c-1042"))
    }

    @Test("The scores of a survey lead to its page, each with its number, for this customer")
    func scores() throws {
        let html = try Sample.composer("november-thanks").message().htmlText
        let links = html.matches(of: /news.kuldnekohv.example\/survey\/([^"?]+)\?score=(\d+)/)
        #expect(links.compactMap { Int($0.output.2) } == Array(0...10))
        let claims = try Set(links.map { try Sample.signer().claim(of: String($0.output.1), for: .survey) })
        #expect(claims == [LinkSigner.Claim(campaign: "november-thanks", customer: "c-1042", detail: "nps")])
    }

    @Test("Without https there is no one-click header, and still a way to leave")
    func plainWeb() throws {
        var definitions = Repository.definitions
        definitions.settings?.publicURL = "http://127.0.0.1:8080"
        let headers = ParsedMessage(
            try Sample.composer("november-thanks", definitions: definitions).message().bytes.bytes
        ).headers
        #expect(headers.text("List-Unsubscribe")?.hasPrefix("<http://127.0.0.1:8080/unsubscribe/") == true)
        #expect(headers.text("List-Unsubscribe-Post") == nil)
    }

    @Test("HTML that Gmail would clip is warned about")
    func large() throws {
        let text = String(repeating: "long words ", count: 11_000)
        let message = try Sample.composer(yaml: "modules:\n  - expert: { name: X, quote: \"\(text)\" }")
            .message()
        #expect(message.warnings.count == 1)
        #expect(message.warnings.first?.contains("Gmail cuts off") == true)
    }

    @Test("A survey or contest that nothing defines is told by name")
    func undefined() throws {
        var definitions = Repository.definitions
        definitions.surveys = [:]
        let campaign = try #require(definitions.campaigns["november-thanks"])
        let error = #expect(throws: ComposingError.self) {
            try Composer(
                campaign, definitions: definitions, templates: Repository.templates, signer: Sample.signer())
        }
        #expect(error?.description.contains("names the survey 'nps'") == true)
    }

    @Test(
        "Python's email package reads every message without a defect, and the same subject and texts",
        .enabled(if: Python.executable != nil, "python3 is not installed"))
    func python() async throws {
        var messages: [ComposedMessage] = []
        for campaign in LanguageTests.campaigns {
            let composer = try Sample.composer(campaign)
            for (language, name) in zip(
                Sample.languages, ["Õnne-Mai", "Seán O'Brien", "נועה \"לוני\"", "Әлия", "สมชาย", "{{ x }}"])
            {
                messages.append(try composer.message(for: Sample.customer(language, firstName: name)))
            }
        }
        let seen = try await Reading.all(of: messages.map(\.bytes.bytes))
        #expect(seen.count == messages.count)
        for (message, seen) in zip(messages, seen) {
            #expect(seen.defects == [], "\(message.subject)")
            #expect(seen.subject == message.subject)
            #expect(seen.text == message.text)
            #expect(seen.html == message.htmlText)
        }
    }
}

/// Python's reading of messages, all in one process.
private struct Reading: Decodable {
    var defects: [String]
    var subject: String
    var text: String
    var html: String

    private static let script = """
        import base64, email, email.policy, json, sys
        readings = []
        for text in json.load(sys.stdin):
            message = email.message_from_bytes(base64.b64decode(text), policy=email.policy.SMTP)
            parts = list(message.walk())
            defects = [repr(d) for part in parts for d in part.defects]
            defects += [repr(d) for part in parts for field in part.values() for d in field.defects]
            read = lambda kind: message.get_body((kind,)).get_content().replace("\\r\\n", "\\n")
            readings.append({"defects": defects, "subject": message["Subject"], "text": read("plain"), "html": read("html")})
        json.dump(readings, sys.stdout)
        """

    static func all(of messages: [[UInt8]]) async throws -> [Reading] {
        let input = String(decoding: try JSONEncoder().encode(messages.map { Data($0) }), as: UTF8.self)
        return try await JSONDecoder().decode(
            [Reading].self, from: Data(Python.run(script, input: input).utf8))
    }
}
