import Foundation
import Inbox
import TestSupport
import Testing

extension EndToEnd {
    /// What programs of others make of the mails: a parser and a browser.
    @Suite("Other people's readers")
    struct ReadersTests {
        /// Parses every file of a folder and prints one line for each thing that is wrong.
        private static let script = """
            import email, email.policy, pathlib, sys
            count = 0
            for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)
                count += 1
                for part in message.walk():
                    for defect in part.defects:
                        print(path.name, type(defect).__name__)
                    for name, value in part.items():
                        for defect in getattr(value, 'defects', ()):
                            print(path.name, name, type(defect).__name__)
                    if part.get_content_maintype() == 'text':
                        text = part.get_content()
                        if not text.strip() or '\\ufffd' in text:
                            print(path.name, part.get_content_type(), 'is empty or damaged')
                kinds = [part.get_content_type() for part in message.iter_parts()]
                if kinds != ['text/plain', 'text/html']:
                    print(path.name, kinds)
            print(count, 'messages')

            """

        @Test(
            "Python's email package reads every message of every campaign without a defect",
            .enabled(if: Python.executable != nil, "python3 is not installed"))
        func python() async throws {
            let python = try #require(Python.executable)
            let inbox = try await Inbox.start(smtp: 0, web: 0, now: { 0 })
            let shop = try await CoffeeShop.copy(relay: inbox.smtpPort)
            for campaign in CoffeeShop.campaigns { try await shop.succeed("send", campaign) }
            try await inbox.stop()
            for message in inbox.mailbag.messages {
                try shop.write(
                    String(decoding: message.bytes, as: UTF8.self), to: "mails/\(message.number).eml")
            }
            #expect(inbox.mailbag.received > 100)
            let ended = try await Boon.run(python.url.path, ["-c", Self.script, shop.file("mails")])
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(ended.output == "\(inbox.mailbag.received) messages\n")
        }

        @Test(
            "Chromium lays out every campaign without a sideways scroll: both widths, light, dark, right to left",
            .enabled(if: Browser.isInstalled, "Chromium is not installed"),
            arguments: Browser.Colours.allCases)
        func browser(colours: Browser.Colours) async throws {
            let shop = try await CoffeeShop.copy()
            // A shop's import puts the address, or worse, where a name was not given: one word, however long.
            let word = String(repeating: "mari.maasikas", count: 16)
            try shop.write(
                "id,email,first_name,locale\nc-long,long@mail.example,\(word),en\n", to: "long.csv")
            try await shop.succeed(
                "customers", "import", shop.file("long.csv"), "--consent", "subscribed", "--source", "test")
            var mails: [String: String] = [:]
            for campaign in CoffeeShop.campaigns {
                for customer in ["c-1001", "c-1021", "c-long"] {
                    let file = shop.file("\(campaign)-\(customer).html")
                    try await shop.succeed("preview", campaign, "--customer", customer, "--out", file)
                    mails["\(campaign) to \(customer)"] = try String(contentsOfFile: file, encoding: .utf8)
                }
            }
            #expect(mails.values.contains { $0.contains("dir=\"rtl\"") })
            let layouts = try await Browser.layouts(
                of: mails, widths: [600, 375], colours: colours, in: shop)
            #expect(layouts.count == 2 * mails.count)
            for layout in layouts {
                #expect(layout.needed <= layout.width, "\(layout)")
                #expect(layout.height > 400, "\(layout)")
                #expect(layout.isDark == (colours == .dark), "\(layout)")
            }
        }
    }
}
