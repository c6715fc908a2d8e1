import Model

extension FileReader {
    /// Reads one member of `relays`.
    mutating func relay(_ fields: Fields, environment: [String: String]) -> Relay? {
        let (username, password) = logIn(fields, environment: environment)
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

    // MARK: Secrets

    private mutating func logIn(
        _ fields: Fields, environment: [String: String]
    ) -> (username: Expanded?, password: Expanded?) {
        if fields.has("username") != fields.has("password") {
            let (there, missing) =
                fields.has("username") ? ("username", "password") : ("password", "username")
            diagnostics.error("`\(there)` needs a `\(missing)`", at: fields.place(ofKey: there))
        }
        if let password = fields.value("password", Formats.line), !password.contains("${") {
            diagnostics.error(
                "a password is never written here", at: fields.place(of: "password"),
                hint: "write `${SMTP_PASSWORD}`, and set that in the environment")
        }
        return (
            expanded("username", of: fields, environment: environment),
            expanded("password", of: fields, environment: environment)
        )
    }

    /// A text after looking up its variables.
    private struct Expanded {
        var text: String
        /// Variables that the environment does not have.
        var missing: [String]
    }

    /// A text with each `${NAME}` replaced from the environment; a warning where there is no such name, because
    /// whoever checks the files need not be who sends.
    private mutating func expanded(_ key: String, of fields: Fields, environment: [String: String])
        -> Expanded?
    {
        guard let text = fields.value(key, Formats.line) else { return nil }
        var (result, rest) = (Expanded(text: "", missing: []), text[...])
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let name = String(rest[start.upperBound..<end])
            result.text += rest[..<start.lowerBound] + (environment[name] ?? "")
            rest = rest[rest.index(after: end)...]
            guard environment[name] == nil else { continue }
            result.missing.append(name)
            diagnostics.warn(
                "the environment has no \(name)", at: fields.place(of: key), hint: "set it before sending")
        }
        result.text += rest
        return result
    }
}
