import Model

extension FileReader {
    /// Reads one member of `relays`.
    mutating func relay(_ fields: Fields, environment: [String: String]) -> Relay? {
        let (username, password) = logIn(fields, environment: environment, example: "SMTP_PASSWORD")
        let missing = (username?.missing ?? []) + (password?.missing ?? [])
        guard let name = fields.value("relay", Formats.identifier),
            let url = fields.value("url", Formats.relayURL)
        else { return nil }
        let hasNoTLS = fields.has("tls")
        if hasNoTLS, url.isImplicitTLS {
            diagnostics.error(
                "`tls: none` contradicts `smtps://`", at: fields.place(ofKey: "tls"), hint: "keep one of them"
            )
        }
        return Relay(
            name: name, host: url.host.host, port: url.host.port,
            security: url.isImplicitTLS ? .implicitTLS : hasNoTLS ? .none : .startTLS,
            username: username?.text,
            password: password?.text, missingVariables: missing,
            connections: fields.value("connections", Formats.integer(1...1000)) ?? 8,
            batch: fields.value("batch", Formats.integer(1...10_000)) ?? 64,
            rate: fields.value("rate", Formats.rate),
            domains: domains(fields), warmUp: warmUp(fields),
            weight: fields.value("weight", Formats.integer(1...1000)) ?? 1,
            smtpUTF8: fields.value("smtputf8", Formats.boolean) ?? false)
    }

    private func domains(_ fields: Fields) -> [String: Rate] {
        let rates = (fields.node["domains"]?.entries ?? []).compactMap { entry in
            entry.value.text.flatMap(Formats.rate.parse).map { (entry.key.lowercased(), $0) }
        }
        return Dictionary(rates) { first, _ in first }
    }

    private func warmUp(_ fields: Fields) -> Relay.WarmUp? {
        guard let fields = fields.fields("warm_up"), let start = fields.value("start", Formats.dailyRate),
            let days = fields.value("double_every", Formats.wholeDays)
        else { return nil }
        return Relay.WarmUp(start: start, doubleEvery: days)
    }
}
