extension Shape {
    static let settings = Shape.keys([
        Key(
            "brand", "Whose mail it is.",
            .keys([
                Key("name", "The name.", .value(Formats.line), required: true),
                Key(
                    "address", "The postal address, which the law wants in every mail.", .value(Formats.line),
                    required: true),
                Key("url", "The shop's address on the web.", .value(Formats.url)),
            ]), required: true),
        Key("from", "The sender of campaigns that name none.", .value(Formats.mailbox), required: true),
        Key(
            "bounce", "The base of the envelope sender; the sender's address by default.",
            .value(Formats.bounceAddress)),
        Key(
            "public_url", "Where Boon's web pages are reached; `http://` and web.listen by default.",
            .value(Formats.url)),
        Key("timezone", "The shop's zone; `UTC` by default.", .value(Formats.zone)),
        Key(
            "languages", "The languages of campaigns that name none; `[en]` by default.",
            .list(.value(Formats.language), atLeast: 1)),
        Key(
            "currency", "The currency of amounts that name none; `EUR` by default.", .value(Formats.currency)),
        Key(
            "store", "The folder of the stores, relative to boon.yaml; `store` by default.",
            .value(Formats.storeFolder)),
        Key("limits", "What holds over all campaigns; no limits by default.", limits),
        Key("relays", "The mail servers that take the messages.", .list(relay, atLeast: 1), required: true),
        Key(
            "dkim", "The key that signs the messages; unsigned by default.",
            .keys([
                Key("domain", "The domain that signs.", .value(Formats.domain), required: true),
                Key(
                    "selector", "The name under which the domain publishes the key.",
                    .value(Formats.identifier), required: true),
                Key(
                    "key", "The private key's file, relative to boon.yaml.", .value(Formats.folder),
                    required: true),
                Key(
                    "second", "A second key of the domain, mostly Ed25519, that signs beside the first.",
                    .keys([
                        Key(
                            "selector", "The name under which the domain publishes the second key.",
                            .value(Formats.identifier), required: true),
                        Key(
                            "key", "The second private key's file, relative to boon.yaml.",
                            .value(Formats.folder), required: true),
                    ])),
            ])),
        Key(
            "bounces", "The mailbox of `bounce`, which the daemon reads; none by default.",
            .keys([
                Key(
                    "mailbox",
                    "`imaps://host/folder` or `pop3s://host`; or the path of a Maildir, an mbox or a folder of `.eml` files.",
                    .value(Formats.bounceMailbox), required: true),
                Key("username", "The name to log in with on a server.", .value(Formats.line)),
                Key(
                    "password", "The password, from the environment: `${BOUNCE_PASSWORD}`.",
                    .value(Formats.line)),
                Key(
                    "every", "How often it is read, `30 seconds`; `5 minutes` by default.",
                    .value(Formats.interval)),
            ])),
        Key(
            "web", "The web pages.",
            .keys([
                Key(
                    "listen", "Host and port to listen on; `127.0.0.1:8080` by default.",
                    .value(Formats.hostPort))
            ])),
        Key(
            "tracking", "What is counted.",
            .keys([
                Key("clicks", "Clicks on links; `yes` by default.", .value(Formats.boolean)),
                Key("opens", "Opened mails; `no` by default.", .value(Formats.boolean)),
            ])),
        Key(
            "value", "What lifetime values are told by.",
            .keys([
                Key(
                    "margin",
                    "What stays of the turnover, `30%`; `100%` by default, so that values are turnover.",
                    .value(Formats.percent)),
                Key(
                    "months", "How many months a customer stays; 36 by default.",
                    .value(Formats.integer(1...1200))),
            ])),
    ])

    private static let relay = Shape.keys([
        Key("relay", "The name in the records.", .value(Formats.identifier), required: true),
        Key(
            "url",
            "`smtp://host:port` with STARTTLS required, port 587 by default, or `smtps://host:port`, port 465.",
            .value(Formats.relayURL), required: true),
        Key("tls", "`none`, only for a relay that has none.", .words(["none"])),
        Key(
            "username", "The name to log in with; `${NAME}` is taken from the environment.",
            .value(Formats.line)),
        Key("password", "The password, from the environment: `${SMTP_PASSWORD}`.", .value(Formats.line)),
        Key("connections", "Connections at the same time; 8 by default.", .value(Formats.integer(1...1000))),
        Key(
            "batch", "Messages that are handed over together; 64 by default.",
            .value(Formats.integer(1...10_000))),
        Key("rate", "How many messages in all, `100/s`; no limit by default.", .value(Formats.rate)),
        Key(
            "domains", "How many messages to a recipient's domain, `gmail.com: 20/s`.",
            .names(key: ScalarShape(Formats.domain), value: .value(Formats.rate))),
        Key(
            "warm_up", "A new sender's slow beginning.",
            .keys([
                Key("start", "The rate to begin with, `500/day`.", .value(Formats.dailyRate), required: true),
                Key(
                    "double_every", "How often it doubles, `2 days`.", .value(Formats.wholeDays),
                    required: true),
            ])),
        Key(
            "weight", "The share of the messages beside other relays; 1 by default.",
            .value(Formats.integer(1...1000))),
        Key(
            "smtputf8", "Whether it takes addresses like `jõgi@…`; `no` by default.", .value(Formats.boolean)),
    ])
}
