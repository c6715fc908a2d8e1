import MIME

/// One message, in one of its views.
struct MessagePage {
    /// The ways to look at a message, in the order of the tabs.
    enum View: String, CaseIterable {
        case html, phone, text, source, headers

        var title: String {
            switch self {
            case .html: "HTML"
            case .phone: "Phone"
            case .text: "Text"
            case .source: "Source"
            case .headers: "Headers"
            }
        }
    }

    let message: InboxMessage
    let parsed: ParsedMessage
    let view: View
    /// Whether there is a message before and after.
    let neighbours: (older: Bool, newer: Bool)

    /// - Parameter view: nil for HTML where there is some, and text where not.
    init(_ message: InboxMessage, view: View?, neighbours: (older: Bool, newer: Bool)) {
        self.message = message
        self.neighbours = neighbours
        parsed = message.parsed
        self.view = view ?? (parsed.html == nil ? .text : .html)
    }

    var html: HTML {
        let subject = parsed.subject ?? ""
        return Layout.page(
            title: "\(subject) · Boon inbox",
            """
            <header class="bar">
            <a class="brand" href="/">← Boon inbox</a>
            <nav class="neighbours" aria-label="Messages">\(neighbourLinks)</nav>
            </header>
            <main class="mail">
            <h1 dir="auto">\(subject.isEmpty ? "(no subject)" : subject)</h1>
            \(facts)
            <nav class="tabs" aria-label="Views">\(tabs)<a class="download" href="\(path)/eml">Download</a></nav>
            \(content)
            </main>
            """)
    }

    private var path: HTML { "/messages/\(message.number)" }

    private var neighbourLinks: HTML {
        let older: HTML =
            neighbours.older ? "<a rel=\"next\" href=\"/messages/\(message.number - 1)\">Older</a>" : ""
        let newer: HTML =
            neighbours.newer ? "<a rel=\"prev\" href=\"/messages/\(message.number + 1)\">Newer</a>" : ""
        return "\(newer)\(older)"
    }

    private var facts: HTML {
        let from = parsed.from.map(\.description).joined(separator: ", ")
        let moment = Moment(message.received)
        return """
            <dl class="facts">
            <div><dt>From</dt><dd dir="auto">\(from.isEmpty ? message.sender : from)</dd></div>
            <div><dt>To</dt><dd dir="auto">\(message.recipients.joined(separator: ", "))</dd></div>
            <div><dt>Received</dt><dd><time datetime="\(moment.utc)">\(moment.local)</time>, \
            \(readableSize(message.bytes.count))</dd></div>
            </dl>
            """
    }

    private var tabs: HTML {
        let hasHTML = parsed.html != nil
        return HTML.joined(
            View.allCases.filter { hasHTML || ($0 != .html && $0 != .phone) }.map { tab in
                let current: HTML = tab == view ? " aria-current=\"page\"" : ""
                return "<a href=\"\(path)/\(tab.rawValue)\"\(current)>\(tab.title)</a>"
            })
    }

    private var content: HTML {
        switch view {
        case .html, .phone:
            // The frame may neither run scripts nor send forms, and has no origin; links open outside of it.
            """
            <iframe class="\(view.rawValue)" title="The message" src="\(path)/body" \
            sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
            """
        case .text:
            "<pre class=\"text\" dir=\"auto\">\(parsed.text ?? "This message has no text part.")</pre>"
        case .source: "<pre class=\"source\">\(String(decoding: message.bytes, as: UTF8.self))</pre>"
        case .headers:
            """
            <table class="headers"><tbody>
            \(HTML.joined(parsed.headers.fields.map {
                "<tr><th scope=\"row\">\($0.name)</th><td dir=\"auto\">\($0.text)</td></tr>\n"
            }))
            </tbody></table>
            """
        }
    }
}
