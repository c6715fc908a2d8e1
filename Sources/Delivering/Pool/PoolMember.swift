/// A relay with what the settings allow it.
package struct PoolMember: Sendable {
    package let relay: Relay
    /// Its share of the messages beside other relays, from 1.
    package let weight: Int
    /// How many messages in all; nil without a limit.
    package let rate: Pace?
    /// How many messages to a recipient's domain, which is in lower case.
    package let domains: [String: Pace]
    package let warmUp: WarmUp?

    /// A relay's place in a pool.
    package init(
        relay: Relay, weight: Int = 1, rate: Pace? = nil, domains: [String: Pace] = [:],
        warmUp: WarmUp? = nil
    ) {
        (self.relay, self.weight, self.rate) = (relay, max(weight, 1), rate)
        (self.domains, self.warmUp) = (domains, warmUp)
    }

    /// What holds for messages to a domain, or to those that have no limit of their own.
    func limits(domain: String?) -> [PaceLimit] {
        var limits: [PaceLimit] = []
        if let rate { limits.append(PaceLimit("relay \(relay.name)", rate)) }
        if let domain, let pace = domains[domain] {
            limits.append(PaceLimit("relay \(relay.name) \(domain)", pace))
        }
        return limits
    }
}

/// The right to hand a number of messages to a relay now. Each of them is delivered, or ended as unused.
package struct RelayTurn: Sendable {
    package let relay: Relay
    /// How many messages, from 1.
    package let count: Int
    /// Where the relay stands in the pool.
    let lane: Int
    /// Whether it finds out if a relay that was set aside is back.
    let isProbe: Bool
    let grant: PaceGrant
}
