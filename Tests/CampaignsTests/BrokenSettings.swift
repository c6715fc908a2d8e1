@testable import Campaigns

private let bounceAddress =
    "an address with at most 31 ASCII characters before the `@` such as `bounce@kuldnekohv.example`"
private let mailbox = "a sender such as `Kuldne Kohv <tere@kuldnekohv.example>`"

extension BrokenExample {
    static let settings: [BrokenExample] = [
        setting("brand", "brand: ⟦Kuldne Kohv", "`brand` is a mapping, not `Kuldne Kohv`"),
        setting("brand.name", "brand: ⟦{ address: Pikk 1 }", "`name` is missing in `brand`"),
        setting(
            "brand.address", "brand: { name: Kohv, ⟦adress: Pikk 1, address: Pikk 1 }", "unknown key `adress`"
        ),
        setting(
            "brand.url", "brand: { name: Kohv, address: Pikk 1, url: ⟦\"http://kohv.example\" }",
            "`url` is not an https address"
        ).asWarning,
        setting(
            "from", "from: ⟦\"tere@kohv.example>\\r\\nRCPT TO:<v@z>\"",
            "`from` is \(mailbox), not `tere@kohv.example>\r\nRCPT TO:<v@z>`"),
        setting(
            "bounce", "bounce: ⟦Bounce <b@kohv.example>",
            "`bounce` is \(bounceAddress), not `Bounce <b@kohv.example>`"),
        setting(
            "bounce", "bounce: ⟦bounce-of-a-very-long-name-of-us@k.ee",
            "`bounce` is \(bounceAddress), not `bounce-of-a-very-long-name-of-us@k.ee`"),
        setting("bounce", "bounce: ⟦õ@kohv.example", "`bounce` is \(bounceAddress), not `õ@kohv.example`"),
        setting(
            "from", "from: ⟦õ@kohv.example", "bounces cannot come back to õ@kohv.example"
        ).beyondSchema,
        setting(
            "dkim", "⟦dkim: { domain: other.example, selector: boon1, key: keys/boon1.pem }",
            "mail from tere@kohv.example is signed for other.example, which no receiver counts for it (DMARC)"
        ).asWarning,
        setting(
            "public_url", "public_url: ⟦news.kohv.example",
            "`public_url` is an address such as `https://kuldnekohv.example/shop`, not `news.kohv.example`"),
        setting(
            "timezone", "timezone: ⟦Tallinn",
            "`timezone` is a time zone such as `Europe/Tallinn`, not `Tallinn`"
        ).beyondSchema,
        setting("languages", "languages: ⟦et", "`languages` is a list, not `et`"),
        setting("currency", "currency: ⟦euro", "`currency` is a currency such as `EUR`, not `euro`"),
        setting(
            "store", "store: ⟦../elsewhere",
            "`store` is a folder of its own inside the workspace such as `store`, not `../elsewhere`"),
        setting(
            "store", "store: ⟦./campaigns/store",
            "`store` is a folder of its own inside the workspace such as `store`, not `./campaigns/store`"),
        setting(
            "store", "store: ⟦./",
            "`store` is a folder of its own inside the workspace such as `store`, not `./`"),
        setting(
            "store", "store: ⟦/var/boon",
            "`store` is a folder of its own inside the workspace such as `store`, not `/var/boon`"),
        setting("value", "value: ⟦36", "`value` is a mapping, not `36`"),
        setting(
            "value.margin", "value: { margin: ⟦0.3 }", "`margin` is a percentage from 1 to 100, not `0.3`"),
        setting(
            "value.months", "value: { months: ⟦3 years }",
            "`months` is a whole number from 1 to 1200, not `3 years`"),
        setting("limits", "limits: { ⟦per_customers: 3 per 7 days }", "unknown key `per_customers`"),
        setting(
            "limits.per_customer", "limits: { per_customer: ⟦3 }",
            "`per_customer` is a limit such as `2 per 7 days`, not `3`"),
        setting(
            "limits.per_hour", "limits: { per_hour: ⟦20000/hour }",
            "`per_hour` is a whole number from 1, not `20000/hour`"),
        setting("relays", "relays: ⟦[]", "`relays` needs at least one member"),
        relay(
            "relay", "relay: ⟦main relay",
            "`relay` is an identifier of letters, digits, `-` and `_`, not `main relay`"),
        setting(
            "relays.relay", "relays: [{ relay: a, url: \"smtp://h\" }, { relay: ⟦a, url: \"smtp://h\" }]",
            "the relay `a` is there twice"
        ).beyondSchema,
        relay(
            "url", "url: ⟦mail.example",
            "`url` is a relay such as `smtp://127.0.0.1:2525` or `smtps://mail.example`, not `mail.example`"),
        relay(
            "url", "url: ⟦\"smtp://mail.example:99999\"",
            "`url` is a relay such as `smtp://127.0.0.1:2525` or `smtps://mail.example`, not `smtp://mail.example:99999`"
        ).beyondSchema,
        relay(
            "url", "url: ⟦\"smtp://mail.example:0\"",
            "`url` is a relay such as `smtp://127.0.0.1:2525` or `smtps://mail.example`, not `smtp://mail.example:0`"
        ),
        relay("tls", "tls: ⟦off", "`tls` is `none`, not `off`"),
        relay("tls", "url: \"smtps://mail.example\", ⟦tls: none", "`tls: none` contradicts `smtps://`")
            .beyondSchema,
        relay("username", "⟦username: boon", "`username` needs a `password`").beyondSchema,
        relay("password", "username: boon, password: ⟦secret", "a password is never written here")
            .beyondSchema,
        relay("password", "username: boon, password: ⟦\"${NO_SUCH}\"", "the environment has no NO_SUCH")
            .asWarning,
        relay(
            "connections", "connections: ⟦many", "`connections` is a whole number from 1 to 1000, not `many`"),
        relay("batch", "batch: ⟦0", "`batch` is a whole number from 1 to 10000, not `0`"),
        relay(
            "rate", "rate: ⟦100 per second",
            "`rate` is a rate such as `100/s`, `20000/hour` or `500/day`, not `100 per second`"),
        relay(
            "domains", "domains: { ⟦\"@gmail.com\": 20/s }",
            "a key of `domains` is a domain such as `kuldnekohv.example`, not `@gmail.com`"),
        relay(
            "domains", "domains: { gmail.com: ⟦20 }",
            "`gmail.com` is a rate such as `100/s`, `20000/hour` or `500/day`, not `20`"),
        relay("warm_up", "warm_up: ⟦slow", "`warm_up` is a mapping, not `slow`"),
        relay(
            "warm_up.start", "warm_up: { start: ⟦500, double_every: 2 days }",
            "`start` is a rate such as `500/day`, not `500`"),
        relay(
            "warm_up.start", "warm_up: { start: ⟦5/s, double_every: 2 days }",
            "`start` is a rate such as `500/day`, not `5/s`"),
        relay(
            "warm_up.double_every", "warm_up: { start: 500/day, double_every: ⟦2 hours }",
            "`double_every` is a number of days such as `2 days`, not `2 hours`"),
        relay(
            "warm_up.double_every", "warm_up: ⟦{ start: 500/day }", "`double_every` is missing in `warm_up`"),
        relay("weight", "weight: ⟦half", "`weight` is a whole number from 1 to 1000, not `half`"),
        relay("smtputf8", "smtputf8: ⟦maybe", "`smtputf8` is `yes` or `no`, not `maybe`"),
        setting("dkim", "dkim: ⟦keys/boon1.pem", "`dkim` is a mapping, not `keys/boon1.pem`"),
        dkim(
            "domain", "domain: ⟦\"kohv example\"",
            "`domain` is a domain such as `kuldnekohv.example`, not `kohv example`"),
        dkim(
            "selector", "selector: ⟦a.b",
            "`selector` is an identifier of letters, digits, `-` and `_`, not `a.b`"),
        dkim(
            "key", "key: ⟦keys/../../key.pem",
            "`key` is a path inside the workspace such as `store`, not `keys/../../key.pem`"),
        dkim("second", "second: ⟦keys/boon2.pem", "`second` is a mapping, not `keys/boon2.pem`"),
        dkim(
            "second.selector", "second: { selector: ⟦a.b, key: keys/boon2.pem }",
            "`selector` is an identifier of letters, digits, `-` and `_`, not `a.b`"),
        dkim(
            "second.selector", "second: { selector: ⟦boon1, key: keys/boon2.pem }",
            "both keys have the selector `boon1`"
        ).beyondSchema,
        dkim("second.key", "second: ⟦{ selector: boon2 }", "`key` is missing in `second`"),
        setting(
            "bounces", "bounces: ⟦imaps://mail.example", "`bounces` is a mapping, not `imaps://mail.example`"),
        bounces("mailbox", "⟦{ every: 1 hour }", "`mailbox` is missing in `bounces`"),
        bounces("mailbox", "{ mailbox: ⟦smtp://mail.example }", notMailbox("smtp://mail.example")),
        bounces(
            "mailbox",
            "{ mailbox: ⟦imaps://boon@mail.example, username: boon, password: \"${SMTP_PASSWORD}\" }",
            notMailbox("imaps://boon@mail.example")
        ).withWarnings,
        bounces(
            "mailbox",
            "{ mailbox: ⟦pop3s://mail.example/INBOX, username: boon, password: \"${SMTP_PASSWORD}\" }",
            notMailbox("pop3s://mail.example/INBOX")
        ).withWarnings,
        bounces("mailbox", "{ mailbox: ⟦Mail box }", notMailbox("Mail box")),
        bounces(
            "mailbox", "{ mailbox: ⟦imaps://mail.example }",
            "a mailbox on a server needs a `username` and a `password`"
        ).beyondSchema,
        bounces(
            "username", "{ mailbox: imaps://mail.example, ⟦username: boon }", "`username` needs a `password`"
        ).beyondSchema,
        bounces(
            "username", "{ mailbox: /var/mail/bounce, ⟦username: boon, password: \"${SMTP_PASSWORD}\" }",
            "a mailbox of files has no `username`"
        ).beyondSchema.withWarnings,
        bounces(
            "password", "{ mailbox: imaps://mail.example, username: boon, password: ⟦secret }",
            "a password is never written here"
        ).beyondSchema,
        bounces("every", "{ mailbox: bounces, every: ⟦5 }", notInterval("5")),
        bounces("every", "{ mailbox: bounces, every: ⟦0 minutes }", notInterval("0 minutes")),
        bounces("every", "{ mailbox: bounces, every: ⟦1 day }", notInterval("1 day")),
        setting("web", "web: ⟦8080", "`web` is a mapping, not `8080`"),
        setting(
            "web.listen", "web: { listen: ⟦8080 }",
            "`listen` is a host and a port such as `127.0.0.1:8080`, not `8080`"),
        setting("tracking", "tracking: ⟦yes", "`tracking` is a mapping, not `yes`"),
        setting(
            "tracking.clicks", "tracking: { clicks: ⟦sometimes }",
            "`clicks` is `yes` or `no`, not `sometimes`"),
        setting("tracking.opens", "tracking: { opens: ⟦\"yes\" }", "`opens` is `yes` or `no`, not `yes`")
            .beyondSchema,
    ]

    private static func setting(_ key: String, _ lines: String, _ message: String) -> BrokenExample {
        BrokenExample(.settings, key, lines, message)
    }

    private static func relay(_ key: String, _ keys: String, _ message: String) -> BrokenExample {
        let written = keys.filter { $0 != marker }
        let base = ["relay: main", "url: \"smtp://mail.example\""].filter { line in
            !written.hasPrefix(String(line.prefix { $0 != ":" }) + ":")
        }
        return setting("relays.\(key)", "relays: [{ \((base + [keys]).joined(separator: ", ")) }]", message)
    }

    private static func bounces(_ key: String, _ value: String, _ message: String) -> BrokenExample {
        setting("bounces.\(key)", "bounces: \(value)", message)
    }

    private static func notMailbox(_ text: String) -> String {
        "`mailbox` is a mailbox such as `imaps://mail.example`, `pop3s://mail.example` or `/var/mail/bounce`, not `\(text)`"
    }

    private static func notInterval(_ text: String) -> String {
        "`every` is a time such as `30 seconds`, `5 minutes` or `1 hour`, not `\(text)`"
    }

    private static func dkim(_ key: String, _ line: String, _ message: String) -> BrokenExample {
        let base = ["domain: kohv.example", "selector: boon1", "key: keys/boon1.pem"]
        let lines = base.filter { !$0.hasPrefix(key) } + [line]
        return setting("dkim.\(key)", "dkim: { \(lines.joined(separator: ", ")) }", message)
    }
}
