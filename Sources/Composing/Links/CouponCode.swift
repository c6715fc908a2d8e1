import Model

extension LinkSigner {
    /// The coupon code of one customer in one campaign, `K7QF-2MXR`: always the same, known to nobody without the
    /// key, and without letters and digits that are taken for each other.
    /// - Parameter ordinal: which of the campaign's coupons, from 0.
    package func coupon(campaign: String, customer: CustomerID, ordinal: Int) -> String {
        let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        let claim = Claim(campaign: campaign, customer: customer.text, detail: String(ordinal))
        // 32 characters, so that five bits pick one without bias; 40 bits in all.
        var letters = code(.coupon, claim).prefix(8).map { alphabet[Int($0 & 31)] }
        letters.insert(UInt8(ascii: "-"), at: 4)
        return String(decoding: letters, as: UTF8.self)
    }
}
