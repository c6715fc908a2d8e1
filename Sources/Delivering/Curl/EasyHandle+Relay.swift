import CCurl

extension EasyHandle {
    /// Bytes of a message that are handed over together. libcurl takes three times as much for each message under way:
    /// with its own 65,536, sixteen connections had 3 MB. Most messages are shorter, so no more calls are made.
    private static let portion = 32_768

    /// Sets all that belongs to a relay and not to what is done there: address, encryption, log-in and patience.
    /// - Throws: `CurlError` when libcurl lacks something that is needed, TLS for instance.
    borrowing func prepare(for relay: Relay, _ timeouts: SMTPCourier.Timeouts) throws(CurlError) {
        try set(.protocols, "smtp,smtps")
        try set(.proxy, "")
        try set(.url, relay.address.description)
        try set(.noSignals, true)
        try set(.portion, Self.portion)
        try set(.noProgress, false)
        try set(.connectTimeout, Int(timeouts.connect * 1000))
        try set(.replyTimeout, timeouts.reply)
        try set(.stalledBelow, 1)
        try set(.stalledTimeout, timeouts.reply)
        try setEncryption(of: relay)
        if let login = relay.login {
            try set(.username, login.username)
            try set(.password, login.password)
        }
    }

    /// `CURLUSESSL_TRY` would silently send in clear, so there is only all or nothing.
    private borrowing func setEncryption(of relay: Relay) throws(CurlError) {
        let use = relay.tls == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        try set(.tlsUse, Int(use.rawValue))
        try set(.tlsVersion, Int(CURL_SSLVERSION_TLSv1_2))
        try set(.verifiesPeer, true)
        try set(.verifiesHost, 2)
        if let file = relay.certificateAuthorities { try set(.certificateAuthorities, file) }
    }
}
