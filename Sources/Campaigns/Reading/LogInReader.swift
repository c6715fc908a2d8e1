/// A text after looking up its variables.
struct Expanded {
    var text: String
    /// Variables that the environment does not have.
    var missing: [String]
}

extension FileReader {
    /// The log-in under `username` and `password`, which stand together or not at all.
    /// - Parameter example: the variable that a password written out should be.
    mutating func logIn(
        _ fields: Fields, environment: [String: String], example: String
    ) -> (username: Expanded?, password: Expanded?) {
        if fields.has("username") != fields.has("password") {
            let (there, missing) =
                fields.has("username") ? ("username", "password") : ("password", "username")
            diagnostics.error("`\(there)` needs a `\(missing)`", at: fields.place(ofKey: there))
        }
        if let password = fields.value("password", Formats.line), !password.contains("${") {
            diagnostics.error(
                "a password is never written here", at: fields.place(of: "password"),
                hint: "write `${\(example)}`, and set that in the environment")
        }
        return (
            expanded("username", of: fields, environment: environment),
            expanded("password", of: fields, environment: environment)
        )
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
                "the environment has no \(name)", at: fields.place(of: key), hint: "set it where Boon runs")
        }
        result.text += rest
        return result
    }
}
