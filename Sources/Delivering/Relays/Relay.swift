/// A mail server that takes our messages, as the settings describe it.
package struct Relay: Hashable, Sendable {
    /// Whether and how the connection is encrypted. Where it is, peer and host are verified.
    package enum TLS: Hashable, Sendable {
        /// STARTTLS, without which nothing is sent.
        case required
        /// TLS from the first byte (`smtps://`, RFC 8314).
        case implicit
        /// Clear text: a loopback relay, or the settings say `tls: none`.
        case none
    }

    /// A username and its password.
    package struct Login: Hashable, Sendable {
        package let username: String
        package let password: String

        /// A log-in; both parts are free of control characters, as `Relay.init` checks.
        package init(username: String, password: String) {
            (self.username, self.password) = (username, password)
        }
    }

    /// The name in the settings and in the records.
    package let name: String
    package let address: RelayAddress
    package let tls: TLS
    package let login: Login?
    /// How many connections may be open at a time.
    package let connections: Int
    /// How many messages one intent record names.
    package let batch: Int
    /// A file of PEM certificates to trust in place of the system's.
    package let certificateAuthorities: String?

    /// Puts a relay together and checks that its parts agree.
    /// - Parameters:
    ///   - url: `smtp://host[:port]` or `smtps://host[:port]`.
    ///   - encrypted: false for `tls: none`, true for `tls: required`; nil when the settings do not say,
    ///     which means clear text to a loopback relay and STARTTLS to any other.
    /// - Throws: `RelayError`, a sentence for whoever wrote the settings.
    package init(
        name: String, url: String, encrypted: Bool? = nil, login: Login? = nil, connections: Int = 16,
        batch: Int = 64, certificateAuthorities: String? = nil
    ) throws(RelayError) {
        let address = try RelayAddress(url)
        guard !(address.scheme == .smtps && encrypted == false) else { throw .encryptionContradicts }
        guard (1...1000).contains(connections) else { throw .connections }
        guard (1...10_000).contains(batch) else { throw .batch }
        if let login {
            guard !login.username.isEmpty else { throw .emptyUsername }
            let secrets = [login.username, login.password]
            guard secrets.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
                throw .controlInLogin
            }
        }
        (self.name, self.address, self.login) = (name, address, login)
        (self.connections, self.batch) = (connections, batch)
        self.certificateAuthorities = certificateAuthorities
        let encrypts = encrypted ?? !address.isLoopback
        tls = address.scheme == .smtps ? .implicit : encrypts ? .required : .none
    }
}

/// What is wrong with a relay's settings.
package enum RelayError: Error, Hashable, Sendable, CustomStringConvertible {
    case notSMTP, badHost, badPort, extraParts, encryptionContradicts, connections, batch
    case emptyUsername, controlInLogin

    /// One sentence: what is wrong, and what to write instead.
    package var description: String {
        switch self {
        case .notSMTP: "A relay's url starts with smtp:// or smtps://; write one of them before the host."
        case .badHost: "The relay's url has no valid host; write a name, an IPv4 or a bracketed IPv6 address."
        case .badPort: "The relay's url has no valid port; write a number from 1 to 65535 after the colon."
        case .extraParts:
            "The relay's url has more than a host and a port; put username and password under their own keys."
        case .encryptionContradicts:
            "smtps:// is always encrypted, so tls: none contradicts it; leave one out."
        case .connections: "A relay has 1 to 1000 connections; correct the number."
        case .batch: "A relay's batch is 1 to 10000 messages; correct the number."
        case .emptyUsername: "The relay's username is empty; write one or leave it and the password out."
        case .controlInLogin: "The relay's username or password has a control character; remove it."
        }
    }
}
