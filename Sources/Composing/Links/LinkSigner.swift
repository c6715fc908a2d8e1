import Crypto
import Foundation

/// Makes and checks the tokens in links, so that nobody can act for somebody else (RFC 2104, HMAC-SHA256).
///
/// A token names what it is about and carries a code over that and over its purpose: one made for clicks
/// opens nothing at the unsubscribe address.
package struct LinkSigner: Sendable {
    /// What a token is good for.
    package enum Purpose: String, CaseIterable, Sendable {
        case unsubscribe, preferences, browser, survey, contest, coupon
    }

    /// What a token says.
    package struct Claim: Hashable, Sendable {
        /// The campaign's identifier.
        package var campaign: String
        /// The customer's identifier.
        package var customer: String
        /// What else is needed: a survey, a contest, a run; empty for nothing.
        package var detail: String

        /// A claim with all its parts.
        package init(campaign: String, customer: String, detail: String = "") {
            (self.campaign, self.customer, self.detail) = (campaign, customer, detail)
        }
    }

    /// The code before anything went into it: what it makes of the key is the same for all messages.
    private let keyed: HMAC<SHA256>
    /// The tokens of bounce addresses, under keys of their own.
    package let bounces: BounceTokens
    /// Bytes of the code in a token: 128 bits cannot be guessed, and links stay short.
    private static let codeLength = 16

    /// - Parameter key: at least 32 random bytes, kept secret.
    /// - Returns: nil for a shorter key.
    package init?(key: some ContiguousBytes) {
        let key = SymmetricKey(data: key)
        guard key.bitCount >= 256 else { return nil }
        keyed = HMAC<SHA256>(key: key)
        bounces = BounceTokens(key: key)
    }

    /// The token: letters, digits, `-`, `_` and one dot.
    package func token(for purpose: Purpose, _ claim: Claim) -> String {
        let payload = Self.payload(of: claim)
        return "\(payload.base64URL).\(Array(code(purpose, payload).prefix(Self.codeLength)).base64URL)"
    }

    /// What a token says.
    /// - Returns: nil unless it was made by this key for this purpose; how long that takes does not tell why.
    package func claim(of token: String, for purpose: Purpose) -> Claim? {
        let halves = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard halves.count == 2, token.utf8.count <= 2000, let payload = [UInt8](base64URL: halves[0]),
            let code = [UInt8](base64URL: halves[1])
        else { return nil }
        // One spelling per token: what decodes to the same bytes but is written otherwise is not ours.
        guard payload.base64URL.utf8.elementsEqual(halves[0]), code.base64URL.utf8.elementsEqual(halves[1]),
            Self.isSame(code, Array(self.code(purpose, payload).prefix(Self.codeLength)))
        else { return nil }
        let parts = payload.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        return Claim(campaign: texts[0], customer: texts[1], detail: texts[2])
    }

    /// Bytes that only this key gives for a claim, 32 of them.
    func code(_ purpose: Purpose, _ claim: Claim) -> [UInt8] {
        code(purpose, Self.payload(of: claim))
    }

    private func code(_ purpose: Purpose, _ payload: [UInt8]) -> [UInt8] {
        var code = keyed
        code.update(data: Array(purpose.rawValue.utf8) + [0] + payload)
        return code.finalize().withUnsafeBytes { Array($0) }
    }

    /// The parts between zero bytes, which none of them holds: identifiers with control bytes are refused at
    /// import, and one that got through loses them here rather than pass for two parts.
    private static func payload(of claim: Claim) -> [UInt8] {
        var payload: [UInt8] = []
        payload.reserveCapacity(
            claim.campaign.utf8.count + claim.customer.utf8.count + claim.detail.utf8.count + 2)
        for (index, part) in [claim.campaign, claim.customer, claim.detail].enumerated() {
            if index > 0 { payload.append(0) }
            for byte in part.utf8 where byte != 0 { payload.append(byte) }
        }
        return payload
    }

    /// Compares every byte, whatever the first difference.
    static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension [UInt8] {
    /// RFC 4648 section 5, without padding.
    var base64URL: String {
        let digits = StaticString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return digits.withUTF8Buffer { digits in
            String(unsafeUninitializedCapacity: (count * 8 + 5) / 6) { target in
                var (bits, width, length) = (0, 0, 0)
                for byte in self {
                    (bits, width) = (bits << 8 | Int(byte), width + 8)
                    while width >= 6 {
                        width -= 6
                        target[length] = digits[bits >> width & 63]
                        length += 1
                    }
                    bits &= 63
                }
                if width > 0 {
                    target[length] = digits[bits << (6 - width) & 63]
                    length += 1
                }
                return length
            }
        }
    }

    /// Reads RFC 4648 section 5 without padding; nil for anything else.
    init?(base64URL text: some Collection<UInt8>) {
        var plain: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: plain.append(byte)
            }
        }
        while plain.count % 4 != 0 { plain.append(UInt8(ascii: "=")) }
        guard let data = Data(base64Encoded: Data(plain)) else { return nil }
        self = Array(data)
    }
}
