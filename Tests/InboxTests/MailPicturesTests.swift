import MIME
import Testing

@testable import Inbox

@Suite("Pictures in mails")
struct MailPicturesTests {
    private func mail(html: String, type: String = "image/png") throws -> ParsedMessage {
        var headers = Headers()
        let sender = Mailbox(address: try EmailAddress("tere@kohv.example"))
        try headers.add("From", mailboxes: [sender])
        try headers.add("Date", date: MessageDate(seconds: 1_795_251_600))
        let picture = try Part.inline([1, 2, 3], type: MediaType(type), id: MessageID("roast@kohv.example"))
        let body = Part.alternative(.text("Tere\n"), .related(.html(html), [picture]))
        return ParsedMessage(try Message(headers: headers, body: body).serialized().bytes)
    }

    @Test("A picture of the mail gets an address of the inbox, and is there")
    func linked() throws {
        let html =
            "<p>cid: a:b</p><img src=\"cid:roast@kohv.example\"><i style='x:url(cid:roast@kohv.example)'>"
        let message = try mail(html: html)
        let shown = MailPictures.linked(html, of: message, number: 7)
        let picture = "/messages/7/pictures/4"
        #expect(shown == "<p>cid: a:b</p><img src=\"\(picture)\"><i style='x:url(\(picture))'>")
        #expect(MailPictures.part(4, of: message)?.body == [1, 2, 3])
        #expect(MailPictures.part(4, of: message)?.type == "image/png")
    }

    @Test("Nothing but pictures is given out, and links to others stay as they are")
    func others() throws {
        let html = "<img src=\"cid:nobody@kohv.example\"><img src=cid:roast@kohv.example>"
        let message = try mail(html: html, type: "image/svg+xml")
        #expect(MailPictures.linked(html, of: message, number: 7) == html)
        for place in -1...6 { #expect(MailPictures.part(place, of: message) == nil) }
    }
}
