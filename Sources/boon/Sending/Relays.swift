import Campaigns
import Delivering
import Foundation

extension Workspace {
    /// The relay that messages go to: the first one of boon.yaml.
    func relay() throws -> Delivering.Relay {
        guard let file = settings.relays.first else {
            throw Failure.input("boon.yaml names no relay; add one under relays:")
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
