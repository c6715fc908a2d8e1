import Campaigns
import Delivering
import Foundation
import Recording

extension Workspace {
    /// The relays of boon.yaml, ready to take messages at their rates.
    /// - Parameter waitsForRelays: whether a turn waits while no relay can be reached, in place of failing.
    func relayPool(_ store: Store, waitsForRelays: Bool) throws -> RelayPool {
        let members = try settings.relays.map { file in
            PoolMember(
                relay: try relay(file), weight: file.weight, rate: file.rate.map(Pace.init),
                domains: file.domains.mapValues(Pace.init), warmUp: file.warmUp.map(WarmUp.init))
        }
        let book = try PaceBook(folder: store.makeSendingFolder())
        return RelayPool(members, book: book, waitsForRelays: waitsForRelays) { relay in
            try await Blocking.run { try store.read { try $0.use(ofRelay: relay, at: .now) } }
        }
    }

    /// A relay of boon.yaml with what it is logged in to with.
    func relay(_ file: Campaigns.Relay) throws -> Delivering.Relay {
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

extension Pace {
    /// The same rate, as delivering counts it.
    init(_ rate: Rate) {
        self.init(rate.count, per: Int64(rate.unit.seconds) * 1000)
    }
}

extension WarmUp {
    /// The same beginning, as delivering counts it.
    init(_ file: Campaigns.Relay.WarmUp) {
        self.init(start: Pace(file.start, per: 86_400_000), doubleEvery: file.doubleEvery)
    }
}
