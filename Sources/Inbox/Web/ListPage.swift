/// The list of messages, newest first.
struct ListPage {
    static let rows = 50

    let mailbag: Mailbag
    /// Part of a recipient's address, empty for all.
    let recipient: String
    /// From 1.
    let number: Int

    var html: HTML {
        let offset = (number - 1) * Self.rows
        let page = mailbag.page(recipient: recipient, offset: offset, count: Self.rows)
        return Layout.page(
            title: "Boon inbox",
            """
            <header class="bar">
            <a class="brand" href="/">Boon inbox</a>
            <form action="/" role="search">
            <input type="search" name="to" value="\(recipient)" placeholder="Recipient" aria-label="Recipient">
            <button>Search</button>
            </form>
            <p class="count">\(count(page.matches))</p>
            </header>
            <main>
            \(page.messages.isEmpty ? empty : list(page.messages))
            \(pages(matches: page.matches))
            </main>
            """)
    }

    private func count(_ matches: Int) -> HTML {
        let dropped = mailbag.dropped
        let noun = matches == 1 ? "message" : "messages"
        return dropped == 0 ? "\(matches) \(noun)" : "\(matches) \(noun), \(dropped) older ones dropped"
    }

    private var empty: HTML {
        recipient.isEmpty
            ? """
            <div class="empty"><h1>No mail yet</h1>
            <p>What is sent to this inbox shows up here. <a href="/">Look again</a></p></div>
            """
            : """
            <div class="empty"><h1>No mail to “\(recipient)”</h1>
            <p><a href="/">See all messages</a></p></div>
            """
    }

    private func list(_ messages: [InboxMessage]) -> HTML {
        """
        <ol class="mails">
        <li class="heads" aria-hidden="true"><span>To</span><span>Subject</span><span>From</span>\
        <span>Received</span><span class="size">Size</span></li>
        \(HTML.joined(messages.map { row(Summary($0), Moment($0.received)) }))
        </ol>
        """
    }

    private func row(_ mail: Summary, _ received: Moment) -> HTML {
        """
        <li><a href="/messages/\(mail.number)">\
        <span class="to">\(mail.to.joined(separator: ", "))</span>\
        <span class="subject" dir="auto">\(mail.subject.isEmpty ? "(no subject)" : mail.subject)</span>\
        <span class="from" dir="auto">\(mail.from)</span>\
        <time datetime="\(mail.received)">\(received.local)</time>\
        <span class="size">\(readableSize(mail.size))</span></a></li>

        """
    }

    private func pages(matches: Int) -> HTML {
        let last = max(1, (matches + Self.rows - 1) / Self.rows)
        guard last > 1 else { return "" }
        let newer: HTML =
            number > 1 ? "<a rel=\"prev\" href=\"\(address(number - 1))\">← Newer</a>" : "<span></span>"
        let older: HTML =
            number < last ? "<a rel=\"next\" href=\"\(address(number + 1))\">Older →</a>" : "<span></span>"
        return
            "<nav class=\"pages\" aria-label=\"Pages\">\(newer)<span>\(number) of \(last)</span>\(older)</nav>"
    }

    private func address(_ number: Int) -> String {
        "/?to=\(QueryText.encoded(recipient))&page=\(number)"
    }
}

/// Text in the query of an address.
enum QueryText {
    /// Percent-encodes everything but letters, digits and four signs (RFC 3986, section 2.3).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar)
            {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
