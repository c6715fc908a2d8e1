import Delivering
import Foundation

/// What `boon relays test` does with one relay.
struct RelayCheck: Sendable {
    let relay: Relay
    let mail: TestMail?

    /// Prints what was found.
    /// - Returns: whether the relay can be used.
    func report() -> Bool {
        let probe = RelayProbe(relay)
        let found = probe.connect()
        Console.heading("\(relay.name)  \(relay.address)")
        line("greeting", found.greeting)
        line("encryption", found.tls.map { "\($0.version), \($0.cipher)" } ?? "none")
        line("offers", found.capabilities.joined(separator: ", "))
        line("largest mail", found.sizeLimit.map { counted($0, "byte") })
        if let login = relay.login {
            line("log-in", found.loggedIn == true ? "as \(login.username)" : "refused")
        }
        if let trouble = found.trouble {
            line("trouble", trouble)
            return false
        }
        guard let mail else { return true }
        let outcome = probe.send(mail.envelope, mail.bytes)
        line("test mail", outcome.reply)
        return outcome.verdict == .accepted
    }

    private func line(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { Console.print("  \(name.column(14))\(value)") }
    }
}
