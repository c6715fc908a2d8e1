import MIME
import TestSupport
import Testing

@testable import Composing

@Suite("Tokens of bounce addresses")
struct BounceTokensTests {
    private let tokens: BounceTokens

    init() throws {
        tokens = try Sample.signer().bounces
    }

    /// Numbers of every size, the smallest and largest among them.
    private static let samples: [MessageNumbers] = {
        var generator = SeededGenerator(seed: 5)
        let edges: [Int64] = [0, 1, 255, 256, MessageNumbers.limit - 1]
        let pairs = edges.flatMap { run in edges.map { (run, $0) } }
        let random = (0..<300).map { _ in
            let bits = Int64.random(in: 1...48, using: &generator)
            let range = 0..<(Int64(1) << bits)
            return (Int64.random(in: range, using: &generator), Int64.random(in: range, using: &generator))
        }
        return (pairs + random).compactMap { MessageNumbers(run: $0.0, customer: $0.1) }
    }()

    @Test("A token tells its message again, whatever became of its case, and no two are alike")
    func roundTrip() throws {
        for message in Self.samples {
            let token = tokens.token(for: message)
            #expect(token.utf8.count == 32 && token == token.lowercased())
            #expect(tokens.message(of: token) == message)
            #expect(tokens.message(of: token.uppercased()) == message)
        }
        #expect(Set(Self.samples.map(tokens.token)).count == Set(Self.samples).count)
    }

    @Test("A token with any character changed, cut, or made with another secret is nobody's")
    func forged() throws {
        let other = try #require(LinkSigner(key: [UInt8](repeating: 8, count: 32))).bounces
        for message in Self.samples.prefix(40) {
            let token = tokens.token(for: message)
            #expect(other.message(of: token) == nil)
            for index in token.indices {
                for letter in ["a", "7", "0", "1", "-", "_", "=", "é", "\u{301}"]
                where !String(token[index]).elementsEqual(letter) {
                    #expect(
                        tokens.message(of: token.replacingCharacters(in: index...index, with: letter)) == nil)
                }
                #expect(tokens.message(of: String(token[..<index])) == nil)
                #expect(tokens.message(of: String(token[index...]) + token) == nil)
            }
        }
    }

    @Test("Made-up tokens are nobody's")
    func madeUp() {
        var generator = SeededGenerator(seed: 6)
        let digits = Array("abcdefghijklmnopqrstuvwxyz234567")
        for _ in 0..<2_000 {
            let token = String((0..<32).map { _ in digits.randomElement(using: &generator) ?? "a" })
            #expect(tokens.message(of: token) == nil)
        }
        for token in ["", "a", String(repeating: "a", count: 32), String(repeating: "a", count: 100_000)] {
            #expect(tokens.message(of: token) == nil)
        }
    }

    @Test("A token shows neither number: neighbours have nothing in common")
    func opaque() throws {
        let neighbours = try (1...50).map { number in
            tokens.token(for: try #require(MessageNumbers(run: 1, customer: number)))
        }
        for (token, next) in zip(neighbours, neighbours.dropFirst()) {
            #expect(zip(token, next).count { $0 == $1 } < 12, "\(token) \(next)")
        }
    }

    @Test(
        "Numbers that have no place in a token are refused",
        arguments: [-1, MessageNumbers.limit, .max, .min])
    func range(number: Int64) {
        #expect(MessageNumbers(run: number, customer: 1) == nil)
        #expect(MessageNumbers(run: 1, customer: number) == nil)
    }

    @Test("The longest address that a base of 31 octets gives is one, and comes back as its message")
    func longest() throws {
        let base = try EmailAddress("\(String(repeating: "b", count: 31))@kohv.example")
        let message = try #require(MessageNumbers(run: 7, customer: 42))
        let address = try VERP(base: base).address(token: tokens.token(for: message))
        #expect(address.localPart.utf8.count == 64)
        let returned = try EmailAddress(address.text.uppercased())
        #expect(VERP(base: base).token(of: returned).flatMap(tokens.message) == message)
    }

    @Test("A message's envelope sender names its run and its customer by their numbers")
    func sender() throws {
        let message = try Sample.composer("november-thanks").message()
        let verp = VERP(base: try EmailAddress("bounce@kuldnekohv.example"))
        let token = try #require(verp.token(of: message.sender))
        #expect(tokens.message(of: token) == MessageNumbers(run: 7, customer: 42))
    }
}
