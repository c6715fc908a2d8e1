/// The boundaries of one message: the same ones each time for the same seed.
///
/// They hold `=_`, which neither quoted-printable nor base64 ever produces, and every leaf is written in
/// one of the two. So no content, however it was chosen, can hold a boundary (RFC 2045, section 6.7).
struct Boundaries {
    private let stem: String
    private var count = 0

    /// - Parameter seed: What tells this message from others, its Message-ID.
    init(seed: String) {
        // FNV-1a: boundaries need to differ, not to be secret.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in seed.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        stem = "=_" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// A boundary that is no beginning of any other of the message.
    mutating func next() -> String {
        count += 1
        return "\(stem).\(count)."
    }
}
