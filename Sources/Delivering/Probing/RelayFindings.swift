/// What was found at a relay, as far as it got.
package struct RelayFindings: Hashable, Sendable {
    /// How the connection is encrypted.
    package struct TLS: Hashable, Sendable {
        /// `TLSv1.3`.
        package let version: String
        /// `TLS_AES_256_GCM_SHA384`.
        package let cipher: String
    }

    /// The relay's first words, without the number; nil when it said none.
    package internal(set) var greeting: String?
    /// nil for a connection in clear.
    package internal(set) var tls: TLS?
    /// What it says to EHLO (RFC 5321, section 4.1.1.1), a keyword with its parameters each: `SIZE 10485760`.
    package internal(set) var capabilities: [String] = []
    /// Whether it took the username and password; nil when there are none.
    package internal(set) var loggedIn: Bool?
    /// What went wrong, a sentence that says what to do; nil when nothing did.
    package internal(set) var trouble: String?

    /// Whether it knows an extension: `PIPELINING`, `SMTPUTF8`.
    package func offers(_ keyword: String) -> Bool {
        parameters(of: keyword) != nil
    }

    /// The ways to log in that it knows.
    package var mechanisms: [String] { parameters(of: "AUTH") ?? [] }

    /// The largest message in bytes that it takes; nil when it does not say, or has no limit.
    package var sizeLimit: Int? {
        parameters(of: "SIZE")?.first.flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    }

    private func parameters(of keyword: String) -> [String]? {
        for capability in capabilities {
            let words = capability.split(separator: " ").map(String.init)
            if words.first?.uppercased() == keyword { return Array(words.dropFirst()) }
        }
        return nil
    }
}
