import Model
import Value

/// `boon.yaml` as written: what is nil was not said. `Settings` has the defaults filled in.
struct FileSettings {
    var brand: Settings.Brand?
    var from: String?
    var bounce: String?
    var publicURL: String?
    var timezone: String?
    var languages: [String] = []
    var currency: Currency?
    var store: String?
    var limits = Limits()
    var relays: [Relay] = []
    var dkim: Settings.DKIMKey?
    var bounces: Settings.Bounces?
    var listen: HostPort?
    var clicks: Bool?
    var opens: Bool?
    var margin: Int?
    var months: Int?
}

extension Settings {
    /// Fills in the defaults.
    /// - Returns: nil without a brand, a sender or a relay, which have none.
    init?(_ file: FileSettings) {
        guard let brand = file.brand, let from = file.from, !file.relays.isEmpty else { return nil }
        let listen = file.listen ?? HostPort(host: "127.0.0.1", port: 8080)
        self.init(
            brand: brand, from: from, bounce: file.bounce ?? Self.address(of: from),
            publicURL: Self.withoutFinalSlash(file.publicURL ?? "http://\(listen)"),
            timezone: file.timezone ?? "UTC", languages: file.languages.isEmpty ? ["en"] : file.languages,
            currency: file.currency ?? .euro, store: file.store ?? "store", limits: file.limits,
            relays: file.relays, dkim: file.dkim, bounces: file.bounces, listen: listen,
            tracking: Tracking(clicks: file.clicks ?? true, opens: file.opens ?? false),
            lifetime: LifetimeValue(
                margin: file.margin ?? LifetimeValue.standard.margin,
                months: file.months ?? LifetimeValue.standard.months))
    }

    /// The address in `Name <address>`.
    fileprivate static func address(of mailbox: String) -> String {
        guard mailbox.hasSuffix(">"), let open = mailbox.lastIndex(of: "<") else { return mailbox }
        return String(mailbox[mailbox.index(after: open)...].dropLast())
    }

    private static func withoutFinalSlash(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}

extension FileReader {
    /// Reads `boon.yaml`.
    /// - Parameter environment: where `${NAME}` is looked up.
    mutating func settings(environment: [String: String]) -> FileSettings {
        var file = FileSettings()
        file.brand = brand()
        file.from = root.value("from", Formats.mailbox)
        file.bounce = root.value("bounce", Formats.bounceAddress)
        file.publicURL = root.value("public_url", Formats.url)
        file.timezone = root.value("timezone", Formats.zone)
        file.languages = root.values("languages", Formats.language)
        refuseRepeats(words("languages", of: root), called: "language")
        file.currency = root.value("currency", Formats.currency)
        file.store = root.value("store", Formats.storeFolder)
        file.limits = Limits(root.fields("limits"))
        let members = root.list("relays")
        refuseRepeats(identifiers("relay", of: members), called: "relay")
        file.relays = members.compactMap { relay($0, environment: environment) }
        file.dkim = dkim()
        checkSender(file)
        file.bounces = bounces(environment: environment)
        file.listen = root.fields("web")?.value("listen", Formats.hostPort)
        file.clicks = root.fields("tracking")?.value("clicks", Formats.boolean)
        file.opens = root.fields("tracking")?.value("opens", Formats.boolean)
        file.margin = root.fields("value")?.value("margin", Formats.percent)
        file.months = root.fields("value")?.value("months", Formats.integer(1...1200))
        return file
    }

    /// What is right by itself and wrong together.
    private mutating func checkSender(_ file: FileSettings) {
        guard let from = file.from else { return }
        let address = Settings.address(of: from)
        if file.bounce == nil, Formats.bounceAddress.parse(address) == nil {
            diagnostics.error(
                "bounces cannot come back to \(address)", at: root.place(of: "from"),
                hint: "name \(Formats.bounceAddress.expects) as `bounce`")
        }
        let domain = address.split(separator: "@").last.map { ".\($0.lowercased())" } ?? ""
        if let key = file.dkim, !domain.hasSuffix(".\(key.domain.lowercased())"),
            !".\(key.domain.lowercased())".hasSuffix(domain)
        {
            diagnostics.warn(
                "mail from \(address) is signed for \(key.domain), which no receiver counts for it (DMARC)",
                at: root.place(ofKey: "dkim"), hint: "sign for the domain of `from`")
        }
    }

    private mutating func brand() -> Settings.Brand? {
        guard let fields = root.fields("brand") else { return nil }
        let url = link("url", of: fields)
        guard let name = fields.value("name", Formats.line),
            let address = fields.value("address", Formats.line)
        else { return nil }
        return Settings.Brand(name: name, address: address, url: url)
    }

    private mutating func bounces(environment: [String: String]) -> Settings.Bounces? {
        guard let fields = root.fields("bounces") else { return nil }
        let (username, password) = logIn(fields, environment: environment, example: "BOUNCE_PASSWORD")
        guard let mailbox = fields.value("mailbox", Formats.bounceMailbox) else { return nil }
        let isServer = mailbox.contains("://")
        if isServer, !fields.has("username"), !fields.has("password") {
            diagnostics.error(
                "a mailbox on a server needs a `username` and a `password`", at: fields.place(of: "mailbox"),
                hint: "write `password: ${BOUNCE_PASSWORD}`, and set that in the environment")
        }
        if !isServer, fields.has("username") {
            diagnostics.error(
                "a mailbox of files has no `username`", at: fields.place(ofKey: "username"),
                hint: "leave it out, or write the server's `imaps://` address")
        }
        return Settings.Bounces(
            mailbox: mailbox, username: username?.text, password: password?.text,
            missingVariables: (username?.missing ?? []) + (password?.missing ?? []),
            every: fields.value("every", Formats.interval) ?? 300)
    }

    private mutating func dkim() -> Settings.DKIMKey? {
        guard let fields = root.fields("dkim"), let domain = fields.value("domain", Formats.domain),
            let selector = fields.value("selector", Formats.identifier),
            let key = fields.value("key", Formats.folder)
        else { return nil }
        return Settings.DKIMKey(
            domain: domain, selector: selector, key: key, second: secondKey(fields, beside: selector))
    }

    private mutating func secondKey(_ dkim: Fields, beside first: String) -> Settings.DKIMKey.Second? {
        guard let fields = dkim.fields("second"), let selector = fields.value("selector", Formats.identifier),
            let key = fields.value("key", Formats.folder)
        else { return nil }
        if selector.lowercased() == first.lowercased() {
            diagnostics.error(
                "both keys have the selector `\(selector)`", at: fields.place(of: "selector"),
                hint: "give each its own, for each has its DNS record")
        }
        return Settings.DKIMKey.Second(selector: selector, key: key)
    }
}
