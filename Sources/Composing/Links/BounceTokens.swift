import Crypto
import Foundation

/// A message by the numbers of its run and of its customer in the store.
package struct MessageNumbers: Hashable, Sendable {
    package let run: Int64
    package let customer: Int64

    /// A token has room for numbers below this.
    package static let limit: Int64 = 1 << 48

    /// - Returns: nil unless both numbers are from 0 and below `limit`, which no store outgrows.
    package init?(run: Int64, customer: Int64) {
        guard [run, customer].allSatisfy({ 0..<Self.limit ~= $0 }) else { return nil }
        (self.run, self.customer) = (run, customer)
    }

    fileprivate init?(_ bytes: [UInt8]) {
        let number = { (bytes: ArraySlice<UInt8>) in bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) } }
        self.init(run: number(bytes.prefix(6)), customer: number(bytes.suffix(6)))
    }

    /// Twelve bytes, the most significant of each number first.
    fileprivate var bytes: [UInt8] {
        [run, customer].flatMap { number in
            stride(from: 40, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        }
    }
}

/// Makes and reads the tokens of bounce addresses, which tell the message that came back: no table of tokens is
/// kept, and nothing else in a bounce has to be believed.
///
/// A token is its own proof, after the idea of SIV (RFC 5297): a code over the numbers stands in front of them, and
/// what that code gives under a second key hides them. It says nothing to others, who might count a shop's
/// customers by it, and takes 32 characters, so that the part before the `+` may have 31 octets of an address's 64.
/// The price of the length is a code of 64 bits: a guess is right once in 2^64 mails.
package struct BounceTokens: Sendable {
    private let tagging: HMAC<SHA256>
    private let masking: HMAC<SHA256>
    private static let tagLength = 8

    /// Both keys are derived from one secret, each for its own use (RFC 5869).
    init(key: SymmetricKey) {
        let derived = { (purpose: String) in
            HMAC<SHA256>(
                key: HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: 32))
        }
        (tagging, masking) = (derived("bounce tag"), derived("bounce mask"))
    }

    /// The token of a message: 32 lower-case letters and digits.
    package func token(for message: MessageNumbers) -> String {
        let tag = tag(of: message)
        return (tag + masked(message.bytes, by: tag)).base32
    }

    /// The message that a token stands for, in whatever case it came back.
    /// - Returns: nil unless it was made with this secret; how long that takes does not tell why.
    package func message(of token: String) -> MessageNumbers? {
        guard let bytes = [UInt8](base32: token), bytes.count == Self.tagLength + 12 else { return nil }
        let tag = Array(bytes.prefix(Self.tagLength))
        guard let message = MessageNumbers(masked(bytes.dropFirst(Self.tagLength), by: tag)),
            LinkSigner.isSame(tag, self.tag(of: message))
        else { return nil }
        return message
    }

    private func tag(of message: MessageNumbers) -> [UInt8] {
        Array(Self.code(message.bytes, tagging).prefix(Self.tagLength))
    }

    private func masked(_ numbers: some Sequence<UInt8>, by tag: [UInt8]) -> [UInt8] {
        zip(numbers, Self.code(tag, masking)).map { $0 ^ $1 }
    }

    private static func code(_ bytes: [UInt8], _ keyed: HMAC<SHA256>) -> HMAC<SHA256>.MAC {
        var code = keyed
        code.update(data: bytes)
        return code.finalize()
    }
}

extension [UInt8] {
    /// RFC 4648 section 6, in lower case and without padding; five bytes at a time.
    fileprivate var base32: String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var (text, bits, width): ([UInt8], Int, Int) = ([], 0, 0)
        for byte in self {
            (bits, width) = (bits << 8 | Int(byte), width + 8)
            while width >= 5 {
                width -= 5
                text.append(digits[bits >> width & 31])
            }
            bits &= 31
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads what `base32` wrote, in either case; nil for anything else.
    fileprivate init?(base32 text: String) {
        guard text.utf8.count.isMultiple(of: 8) else { return nil }
        var (result, bits, width): ([UInt8], Int, Int) = ([], 0, 0)
        for character in text.utf8 {
            let digit: Int
            switch character | 0x20 {
            case UInt8(ascii: "a")...UInt8(ascii: "z") where character >= 0x40:
                digit = Int((character | 0x20) - UInt8(ascii: "a"))
            case UInt8(ascii: "2")...UInt8(ascii: "7") where character >= 0x30:
                digit = Int(character - UInt8(ascii: "2")) + 26
            default: return nil
            }
            (bits, width) = ((bits & 127) << 5 | digit, width + 5)
            if width >= 8 {
                width -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> width))
            }
        }
        self = result
    }
}
