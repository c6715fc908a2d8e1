import Testing

@testable import Inbox

@Suite("Mailbag")
struct MailbagTests {
    private func mailbag(messages: Int = 100, bytes: Int = 1000) -> Mailbag {
        var limits = Mailbag.Limits()
        (limits.messages, limits.bytes) = (messages, bytes)
        return Mailbag(limits: limits, now: { 1_795_251_600 })
    }

    private func fill(_ mailbag: Mailbag, _ count: Int, size: Int = 1) {
        for number in 1...count {
            mailbag.add(
                sender: "s@x.example", recipients: ["R\(number)@y.example"],
                bytes: Array(repeating: 0x61, count: size))
        }
    }

    @Test("The oldest messages are dropped, and counted, when there are too many")
    func countLimit() {
        let mailbag = mailbag(messages: 3)
        fill(mailbag, 5)
        #expect(mailbag.messages.map(\.number) == [3, 4, 5])
        #expect((mailbag.received, mailbag.dropped) == (5, 2))
        #expect(mailbag.message(2) == nil)
    }

    @Test("The oldest messages are dropped when all together are too large")
    func byteLimit() {
        let mailbag = mailbag(bytes: 1000)
        fill(mailbag, 5, size: 400)
        #expect(mailbag.messages.map(\.number) == [4, 5])
    }

    @Test("A page shows the newest first and tells how many there are")
    func pages() {
        let mailbag = mailbag()
        fill(mailbag, 25)
        let page = mailbag.page(recipient: "", offset: 10, count: 10)
        #expect(page.messages.map(\.number) == Array((6...15).reversed()))
        #expect(page.matches == 25)
        #expect(mailbag.page(recipient: "", offset: 100, count: 10).messages.isEmpty)
        #expect(mailbag.page(recipient: "", offset: .max, count: 10).matches == 25)
    }

    @Test("Looking for a recipient takes part of the address in any case")
    func search() {
        let mailbag = mailbag()
        fill(mailbag, 25)
        #expect(mailbag.page(recipient: "r2@", offset: 0, count: 10).messages.map(\.number) == [2])
        #expect(mailbag.page(recipient: "R1", offset: 0, count: 5).matches == 11)
        #expect(mailbag.page(recipient: "Y.EXAMPLE", offset: 0, count: 5).matches == 25)
        #expect(mailbag.page(recipient: "nobody", offset: 0, count: 5).matches == 0)
    }

    @Test("Whoever waits for messages goes on when they are there, or when the time is over")
    func waiting() async {
        let mailbag = mailbag()
        async let three = mailbag.waitForMessages(count: 3, timeout: .seconds(60))
        async let nine = mailbag.waitForMessages(count: 9, timeout: .milliseconds(20))
        fill(mailbag, 4)
        #expect(await three)
        #expect(await !nine)
        #expect(await mailbag.waitForMessages(count: 4, timeout: .zero))
    }
}
