import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// How fast messages arrive at a relay whose settings name a rate. Counted from before the first process starts,
    /// so that a busy machine can only make it slower, never faster than the truth.
    @Suite("Rates of relays")
    struct SendingRateTests {
        private static let rate = 100

        /// So many messages may run ahead of an even stream: a tenth of a second of them, and one for each process.
        private static let ahead = 12

        /// Customers of two domains.
        private static func shop(_ postbox: MailLog, gmail: Int = 0, others: Int, _ keys: String) async throws
            -> Shop
        {
            let shop = try Shop()
            try shop.setRelay(port: Int(postbox.port), keys)
            for name in ["letter", "second"] {
                let yaml = Letter.yaml.replacingOccurrences(of: "campaign: letter", with: "campaign: \(name)")
                try shop.write(yaml, to: "campaigns/\(name).yaml")
            }
            let people =
                (0..<gmail).map { "g-\($0),g\($0)@gmail.com,subscribed\n" }
                + (0..<others).map { "o-\($0),o\($0)@shop.example,subscribed\n" }
            try shop.write("id,email,consent\n" + people.joined(), to: "customers.csv")
            try await shop.succeed("customers", "import", shop.file("customers.csv"))
            return shop
        }

        /// No moment up to the end has more messages than the rate allows.
        private static func expectHeld(
            _ rate: Int, since begun: ContinuousClock.Instant, _ arrivals: [Arrival],
            sourceLocation: SourceLocation = #_sourceLocation
        ) {
            for (number, arrival) in arrivals.enumerated() {
                guard let at = arrival.at else { continue }
                let allowed = (at - begun) / .seconds(1) * Double(rate) + Double(ahead)
                guard Double(number) <= allowed else {
                    Issue.record("\(number) messages after \(at - begun)", sourceLocation: sourceLocation)
                    return
                }
            }
        }

        /// The first to the last message took as long as the rate says, 2 % more or less.
        private static func expectEven(_ rate: Int, _ arrivals: [Arrival]) throws {
            let first = try #require(arrivals.first?.at)
            let last = try #require(arrivals.last?.at)
            let measured = Double(arrivals.count - 1) / ((last - first) / .seconds(1))
            #expect(abs(measured / Double(rate) - 1) < 0.02, "\(measured)/s")
        }

        @Test("rate: 100/s holds")
        func holds() async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let count = LongRun.isWanted ? 60 * Self.rate : 3 * Self.rate
            let shop = try await Self.shop(postbox, others: count, "rate: \(Self.rate)/s")
            let begun = ContinuousClock.now
            try await shop.succeed("send", "letter")
            let arrivals = postbox.arrivals()
            #expect(arrivals.count == count)
            Self.expectHeld(Self.rate, since: begun, arrivals)
            if LongRun.isWanted { try Self.expectEven(Self.rate, arrivals) }
        }

        @Test("rate: 100/s holds across kills and restarts: none brings a new burst")
        func restarts() async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let count = LongRun.isWanted ? 60 * Self.rate : 3 * Self.rate
            let shop = try await Self.shop(postbox, others: count, "rate: \(Self.rate)/s")
            let begun = ContinuousClock.now
            for share in 1...4 {
                let ended = try await Boon.start(["send", "letter", "--workspace", shop.path]) { sending in
                    try await waitUntil(within: .seconds(120)) {
                        postbox.arrivals().count >= count * share / 5
                    }
                    sending.signal(.kill)
                }
                #expect(ended.code == nil)
            }
            try await shop.succeed("send", "letter")
            let arrivals = postbox.arrivals()
            // Each kill leaves at most its batches in doubt.
            #expect((count - 4 * 4 * 16...count).contains(arrivals.count))
            Self.expectHeld(Self.rate, since: begun, arrivals)
        }

        @Test("A domain's rate slows its own messages and nobody else's")
        func domain() async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let gmail = LongRun.isWanted ? 1_200 : 60
            let shop = try await Self.shop(postbox, gmail: gmail, others: 500, "domains: { gmail.com: 20/s }")
            let begun = ContinuousClock.now
            try await shop.succeed("send", "letter")
            let arrivals = postbox.arrivals()
            let slow = arrivals.filter { $0.recipient.hasSuffix("@gmail.com") }
            #expect(arrivals.count == gmail + 500 && slow.count == gmail)
            Self.expectHeld(20, since: begun, slow)
            if LongRun.isWanted { try Self.expectEven(20, slow) }
            // The others are through while gmail.com's customers, first in the alphabet, still wait.
            let last = try #require(arrivals.lastIndex { $0.recipient.hasSuffix("@shop.example") })
            #expect(arrivals[last...].count > gmail / 2)
        }

        @Test("Two processes that send two campaigns share their relay's rate")
        func shared() async throws {
            let postbox = try MailLog()
            defer { postbox.stop() }
            let count = LongRun.isWanted ? 30 * Self.rate : 2 * Self.rate
            let shop = try await Self.shop(postbox, others: count, "rate: \(Self.rate)/s")
            let begun = ContinuousClock.now
            async let first = shop.succeed("send", "letter")
            async let second = shop.succeed("send", "second")
            _ = try await (first, second)
            let arrivals = postbox.arrivals()
            #expect(arrivals.count == 2 * count)
            Self.expectHeld(Self.rate, since: begun, arrivals)
            if LongRun.isWanted { try Self.expectEven(Self.rate, arrivals) }
        }
    }
}
