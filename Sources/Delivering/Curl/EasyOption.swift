import CCurl

/// A setting of an easy handle, with the type of value that libcurl expects for it.
struct EasyOption<Value> {
    let raw: CURLoption
}

extension EasyOption<String> {
    static var url: Self { Self(raw: CURLOPT_URL) }
    /// Which schemes a handle may speak at all.
    static var protocols: Self { Self(raw: CURLOPT_PROTOCOLS_STR) }
    /// Empty means none, whatever the environment's `all_proxy` says.
    static var proxy: Self { Self(raw: CURLOPT_PROXY) }
    static var username: Self { Self(raw: CURLOPT_USERNAME) }
    static var password: Self { Self(raw: CURLOPT_PASSWORD) }
    /// A file of PEM certificates to trust in place of the system's.
    static var certificateAuthorities: Self { Self(raw: CURLOPT_CAINFO) }
    /// The address in `MAIL FROM`.
    static var sender: Self { Self(raw: CURLOPT_MAIL_FROM) }
}

extension EasyOption<String?> {
    /// A command in place of the one that the protocol has for the URL; nil for that one.
    static var command: Self { Self(raw: CURLOPT_CUSTOMREQUEST) }
}

extension EasyOption<Bool> {
    /// Expect an answer and no lines after it.
    static var noBody: Self { Self(raw: CURLOPT_NOBODY) }
    /// No signals for timeouts: they are not safe with threads.
    static var noSignals: Self { Self(raw: CURLOPT_NOSIGNAL) }
    static var upload: Self { Self(raw: CURLOPT_UPLOAD) }
    /// Tell what is going on; only `converse` has an ear for it.
    static var verbose: Self { Self(raw: CURLOPT_VERBOSE) }
    static var verifiesPeer: Self { Self(raw: CURLOPT_SSL_VERIFYPEER) }
    /// Leave the kept connection aside and open another.
    static var freshConnection: Self { Self(raw: CURLOPT_FRESH_CONNECT) }
    /// Leave a name that is being looked up to itself when the handle is given up: the resolver may wait for half a
    /// minute.
    static var leavesResolver: Self { Self(raw: CURLOPT_QUICK_EXIT) }
    /// Progress is off by default; it is what lets a transfer be given up from outside.
    static var noProgress: Self { Self(raw: CURLOPT_NOPROGRESS) }
}

extension EasyOption<Int> {
    /// Milliseconds until the connection, with TLS and greeting, must stand.
    static var connectTimeout: Self { Self(raw: CURLOPT_CONNECTTIMEOUT_MS) }
    /// Bytes of an upload that are handed over together.
    static var portion: Self { Self(raw: CURLOPT_UPLOAD_BUFFERSIZE) }
    /// Seconds for each reply.
    static var replyTimeout: Self { Self(raw: CURLOPT_SERVER_RESPONSE_TIMEOUT) }
    /// Bytes per second below which a transfer counts as stalled.
    static var stalledBelow: Self { Self(raw: CURLOPT_LOW_SPEED_LIMIT) }
    /// Seconds that a transfer may be stalled.
    static var stalledTimeout: Self { Self(raw: CURLOPT_LOW_SPEED_TIME) }
    static var tlsUse: Self { Self(raw: CURLOPT_USE_SSL) }
    static var tlsVersion: Self { Self(raw: CURLOPT_SSLVERSION) }
    /// 2 checks that the certificate is for this host, 0 does not; there is no 1.
    static var verifiesHost: Self { Self(raw: CURLOPT_SSL_VERIFYHOST) }
}
