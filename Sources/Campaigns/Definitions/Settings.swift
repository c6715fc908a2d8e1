import Model
import Value

/// The workspace's settings with every default filled in: what the rest of Boon works with.
package struct Settings: Hashable, Sendable {
    package var brand: Brand
    /// The sender of campaigns that name none, as written.
    package var from: String
    /// The base of the VERP envelope sender; the sender's address by default.
    package var bounce: String
    /// Where the web pages are reached, without a final slash; the address of `web.listen` by default.
    package var publicURL: String
    /// IANA; `UTC` by default.
    package var timezone: String
    /// BCP 47, never empty; `en` by default.
    package var languages: [String]
    /// `EUR` by default.
    package var currency: Currency
    /// The stores' folder, relative to the workspace; `store` by default.
    package var store: String
    /// What holds over all campaigns; none by default.
    package var limits: Limits
    /// Never empty.
    package var relays: [Relay]
    package var dkim: DKIMKey?
    /// The mailbox that bounces come back to, where the daemon reads it.
    package var bounces: Bounces?
    /// Where the web server listens; `127.0.0.1:8080` by default.
    package var listen: HostPort
    package var tracking: Tracking
    /// By what lifetime values are told; the turnover of 36 months by default.
    package var lifetime: LifetimeValue

    /// Whose mail it is.
    package struct Brand: Hashable, Sendable {
        package var name: String
        /// The postal address, which the law wants in the footer.
        package var address: String
        package var url: String?
    }

    /// The key that signs (RFC 6376).
    package struct DKIMKey: Hashable, Sendable {
        package var domain: String
        package var selector: String
        /// The private key's file, relative to the workspace.
        package var key: String
        /// Signs beside the first, under the same domain.
        package var second: Second?

        /// A further key of the domain.
        package struct Second: Hashable, Sendable {
            package var selector: String
            /// The private key's file, relative to the workspace.
            package var key: String
        }
    }

    /// A mailbox that is read again and again.
    package struct Bounces: Hashable, Sendable {
        /// `imaps://host:port/folder` or `pop3s://host:port`; or the path of a folder or file, relative to the workspace.
        package var mailbox: String
        /// Whom to log in as; nil for files, and only for those.
        package var username: String?
        /// The value, already taken from the environment.
        package var password: String?
        /// Variables of `username` and `password` that the environment did not have.
        package var missingVariables: [String]
        /// Seconds from one reading to the next; 300 by default.
        package var every: Int
    }

    /// What is counted; clicks are by default, opens are not.
    package struct Tracking: Hashable, Sendable {
        package var clicks: Bool
        package var opens: Bool
    }
}

/// A host and a port: `127.0.0.1:8080`, `[::1]:8080`.
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// Without brackets.
    package let host: String
    /// 1 to 65535.
    package let port: Int

    /// A port of a host.
    package init(host: String, port: Int) {
        (self.host, self.port) = (host, port)
    }

    package var description: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// A mail server that takes our messages.
package struct Relay: Hashable, Sendable {
    /// How the connection is kept from others' eyes.
    package enum Security: String, Sendable {
        /// `smtp://`: STARTTLS, and no sending without it.
        case startTLS
        /// `smtps://`: TLS from the first byte.
        case implicitTLS
        /// `tls: none`, said for a relay that has none.
        case none
    }

    /// The name in the records.
    package var name: String
    package var host: String
    /// 1 to 65535, from the address; 587 for `smtp`, 465 for `smtps` by default.
    package var port: Int
    package var security: Security
    package var username: String?
    /// The value, already taken from the environment.
    package var password: String?
    /// Variables of `username` and `password` that the environment did not have. Sending is refused while there
    /// are any; checking files is not.
    package var missingVariables: [String]
    /// Connections at the same time; 8 by default.
    package var connections: Int
    /// Messages that are named in the store before they are handed over together; 64 by default.
    package var batch: Int
    /// Messages in all; no limit by default.
    package var rate: Rate?
    /// Messages to a recipient's domain, which is in lower case.
    package var domains: [String: Rate]
    package var warmUp: WarmUp?
    /// Its share of the messages beside other relays; 1 by default.
    package var weight: Int
    /// Whether it takes non-ASCII local parts (RFC 6531); no by default.
    package var smtpUTF8: Bool

    /// A new sender's slow beginning.
    package struct WarmUp: Hashable, Sendable {
        /// Messages on the first day.
        package var start: Int
        /// Days after which twice as many go out.
        package var doubleEvery: Int
    }
}
