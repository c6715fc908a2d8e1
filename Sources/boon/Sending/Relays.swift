import Campaigns
import Delivering
import Foundation

extension Workspace {
    /// The relay that messages go to: the first one of boon.yaml.
    func relay() throws -> Delivering.Relay {
        guard let file = settings.relays.first else {
            throw Failure.input("boon.yaml names no relay; add one under relays:")
        }
        guard file.missingVariables.isEmpty else {
            let names = Set(file.missingVariables).sorted().joined(separator: ", ")
            throw Failure.input(
                "the environment has no \(names), which the relay '\(file.name)' of boon.yaml logs in with; "
                    + "set it and send again")
        }
        let scheme = file.security == .implicitTLS ? "smtps" : "smtp"
        let host = file.host.utf8.contains(UInt8(ascii: ":")) ? "[\(file.host)]" : file.host
        do {
            return try Delivering.Relay(
                name: file.name, url: "\(scheme)://\(host):\(file.port)",
                encrypted: file.security == .none ? false : nil,
                login: file.username.map { .init(username: $0, password: file.password ?? "") },
                connections: file.connections, batch: file.batch,
                certificateAuthorities: ProcessInfo.processInfo.environment["SSL_CERT_FILE"])
        } catch {
            throw Failure.input("the relay '\(file.name)' of boon.yaml: \(error)")
        }
    }
}
