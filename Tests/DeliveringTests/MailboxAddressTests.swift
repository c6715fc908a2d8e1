import Testing

@testable import Delivering

@Suite("The address of a mailbox")
struct MailboxAddressTests {
    @Test(
        "User, host, port and folder are read",
        arguments: [
            ("imap://bounce@mail.example", "bounce", "imap://mail.example:143", "INBOX"),
            (
                "IMAPS://bounce%40kohv.example@Mail.Example/", "bounce@kohv.example",
                "imaps://mail.example:993", "INBOX"
            ),
            (
                "imaps://a@b@mail.example:10993/Bounces/2026", "a@b", "imaps://mail.example:10993",
                "Bounces/2026"
            ),
            ("imap://u@[::1]/A%20B%3BUID=1", "u", "imap://[::1]:143", "A B;UID=1"),
            ("pop3://u@127.0.0.1", "u", "pop3://127.0.0.1:110", ""),
            ("pop3s://u@mail.example/", "u", "pop3s://mail.example:995", ""),
        ])
    func parts(url: String, user: String, server: String, folder: String) throws {
        let address = try MailboxAddress(url)
        #expect(address.user == user && address.server == server && address.folder == folder)
    }

    @Test("A user who is said apart is taken as they are, and the URL may name none")
    func userApart() throws {
        let address = try MailboxAddress("imaps://mail.example/Bounces", user: "a%40b@kohv.example")
        #expect(address.user == "a%40b@kohv.example" && address.server == "imaps://mail.example:993")
        #expect(throws: MailboxError.badHost) { try MailboxAddress("imaps://u@mail.example", user: "u") }
        for user in ["", "u\r\nA1 LOGOUT"] {
            #expect(throws: MailboxError.badUser) { try MailboxAddress("imaps://mail.example", user: user) }
        }
    }

    @Test(
        "What is no mailbox is refused with a sentence that does not repeat it",
        arguments: [
            ("http://u@mail.example", .notAMailboxURL), ("mail.example", .notAMailboxURL),
            ("", .notAMailboxURL),
            ("imap:/u@mail.example", .notAMailboxURL), ("imap://mail.example", .noUser),
            ("imap://@mail.example", .noUser),
            ("imap://u:geheim@mail.example", .passwordInURL), ("imap://u%0d%0aA1@mail.example", .badUser),
            ("imap://u%zz@mail.example", .noUser), ("imap://u@", .badHost), ("imap://u@-x.example", .badHost),
            ("imap://u@mail.example:0", .badPort), ("imap://u@mail.example:65536", .badPort),
            ("imap://u@mail.example/IN%0d%0ABOX", .badFolder), ("imap://u@mail.example/a%f", .badFolder),
            ("imap://u@mail.example/%ff", .badFolder), ("imap://u@mail.example/%+1", .badFolder),
            ("pop3://u@mail.example/INBOX", .folderOfPOP3), ("imap://u@mail.example\r\nX", .badHost),
        ] as [(String, MailboxError)])
    func refused(url: String, error: MailboxError) throws {
        let thrown = try #require(throws: MailboxError.self) { try MailboxAddress(url) }
        #expect(thrown == error)
        #expect(!thrown.description.contains("geheim"))
    }

    @Test("Nothing in a folder's name becomes a part of the URL")
    func escaped() throws {
        let address = try MailboxAddress("imap://u@mail.example/a%3BUID=1/b?c#d%25")
        #expect(address.escapedFolder == "a%3BUID%3D1%2Fb%3Fc%23d%25")
    }

    @Test("A password with a line break is refused before anything is sent")
    func password() throws {
        let address = try MailboxAddress("imap://u@mail.example")
        #expect(throws: MailboxError.badUser) { try IMAPMailbox(address, password: "x\r\nA1 LOGOUT") }
    }

    @Test("Numbers are read out of a server's answers, and nothing else")
    func answers() {
        let search = "* SEARCH 4 8 15\r\n* 3 EXISTS\r\n* search 16 x 23\r\n* SEARCH\r\nSEARCH 42\r\n"
        #expect(IMAPMailbox.numbers(ofSearch: Array(search.utf8)) == [4, 8, 15, 16, 23])
        #expect(
            IMAPMailbox.count(in: Array("* FLAGS ()\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* 17 EXISTS\r\n".utf8))
                == 17)
        #expect(IMAPMailbox.count(in: Array("* OK EXISTS\r\nA1 3 EXISTS\r\n".utf8)) == nil)
        let list = "1 120\r\n2 99999999\r\n3 x\r\n-4 10\r\n5 0\r\n6\r\nrubbish\r\n"
        let listed = POP3Mailbox.messages(ofList: Array(list.utf8))
        #expect(listed.map(\.number) == [1, 2, 5] && listed.map(\.isTooLong) == [false, true, false])
    }
}
