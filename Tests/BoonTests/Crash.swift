import Foundation
import TestSupport
import Testing

/// Ends commands with SIGKILL at random moments of the time that they take undisturbed.
struct Crash {
    private var random: SeededGenerator
    private let span: Duration
    /// How often a command was killed before its end.
    private(set) var kills = 0

    /// - Parameter span: how long the command takes when nobody disturbs it.
    init(seed: UInt64, span: Duration) {
        (random, self.span) = (SeededGenerator(seed: seed), span)
    }

    /// Runs the command and kills it, unless it is faster.
    /// - Returns: its exit code; nil when it was killed.
    mutating func run(_ arguments: [String]) async throws -> Int32? {
        let code = try await Boon.kill(arguments, after: span * Double.random(in: 0..<1, using: &random))
        if code == nil { kills += 1 }
        return code
    }

    /// How long some work takes.
    static func time(_ work: () async throws -> Void) async throws -> Duration {
        let begun = ContinuousClock.now
        try await work()
        return ContinuousClock.now - begun
    }
}
