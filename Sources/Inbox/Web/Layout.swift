/// The frame around every page.
enum Layout {
    static func page(title: String, _ content: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>\(title)</title>
        <link rel="stylesheet" href="/style.css">
        <link rel="icon" href="data:,">
        </head>
        <body>
        \(content)
        </body>
        </html>

        """
    }

    /// A page for what is not there.
    static let notFound = page(
        title: "Not found · Boon inbox",
        """
        <header class="bar"><a class="brand" href="/">Boon inbox</a></header>
        <main class="empty"><h1>There is no such message</h1>
        <p>It was dropped to make room, or it never came. <a href="/">See all messages</a></p></main>
        """)
}
