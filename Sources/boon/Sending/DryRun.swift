import Campaigns
import Composing
import Foundation
import Model
import Planning
import Recording

/// What sending a campaign would do, without doing it.
struct DryRun {
    let workspace: Workspace
    let campaign: Campaign
    let store: Store

    /// Customers whose limits are asked for together.
    private static let page = 1000

    /// What composing the messages came to.
    private struct Tally {
        var languages: [String: Int] = [:]
        var bytes = 0
        var warnings: [String: Int] = [:]
        /// The first recipients whose message cannot be composed, and why: nobody reads a million.
        var failures: [String] = []
        var failed = 0

        mutating func add(failure: String) {
            failed += 1
            if failures.count < 20 { failures.append(failure) }
        }

        mutating func add(_ message: ComposedMessage) {
            languages[message.language, default: 0] += 1
            bytes += message.bytes.bytes.count
            for warning in message.warnings { warnings[warning, default: 0] += 1 }
        }
    }

    /// Composes every message of the audience, or the first `limit`, and prints what came out, and what keeps it from
    /// being sent.
    /// - Parameters:
    ///   - again: whether a campaign that was sent before goes out once more.
    ///   - due: when it would be sent; nil for now.
    /// - Throws: what sending would end with before it had sent anything.
    func report(again: Bool, limit: Int?, due: Timestamp?) throws {
        let members = try composeAll(limit: limit, at: due ?? .now)
        try requireRun(again: again, of: members, due: due)
        if let due {
            Console.print(
                "With --at, its recipients would be fixed now, and the daemon would send it at "
                    + "\(due.fullText(in: workspace.zone))")
        }
    }

    /// - Parameter members: how many are in the audience.
    private func requireRun(again: Bool, of members: Int, due: Timestamp?) throws {
        guard let latest = try store.read({ try $0.latestRun(of: campaign.id) }) else {
            return try requireSomebody(members)
        }
        if latest.ended == nil {
            if due != nil { throw PlanningError.unfinished(campaign: campaign.id, run: latest.run.id) }
            Console.print(
                "'boon send' goes on with \(latest.run.id) as it was planned, and plans no new run.")
            if latest.state == .paused { throw Failure.paused(latest) }
        } else if again {
            try requireSomebody(members)
        } else {
            throw PlanningError.alreadySent(campaign: campaign.id, at: latest.planned, zone: workspace.zone)
        }
    }

    private func requireSomebody(_ members: Int) throws {
        if members == 0 { throw PlanningError.nobody(campaign: campaign.id) }
    }

    /// - Parameter due: when the limits are asked, and what the messages take for now.
    /// - Returns: how many are in the audience.
    private func composeAll(limit: Int?, at due: Timestamp) throws -> Int {
        let audience = Audience(of: campaign, in: workspace.definitions, zone: workspace.zone)
        let members = try store.read { try audience.members(in: $0, at: .now) }
        let allowed = try allowed(members, at: due)
        let tally = try compose(allowed.prefix(limit ?? .max), at: due)
        let composed = tally.languages.values.reduce(0, +)
        let split = tally.languages.sorted { $0.key < $1.key }.map { "\($0.key) \(grouped($0.value))" }
        Console.print(
            "\(counted(members.count, "recipient")) in the audience of '\(campaign.id)'; nothing was sent")
        let capped = members.count - allowed.count
        if capped > 0 {
            Console.print(
                "\(grouped(capped)) of them left out: they have had as many mails as the limits allow")
        }
        if composed > 0 {
            Console.print(
                "\(counted(composed, "message")) composed (\(split.joined(separator: ", "))), "
                    + "\(counted(tally.bytes / composed, "byte")) each")
        }
        for (warning, count) in tally.warnings.sorted(by: { $0.key < $1.key }) {
            Console.warning("\(warning) (\(counted(count, "message")))")
        }
        for failure in tally.failures { Console.warning("skipped \(failure)") }
        let more = tally.failed - tally.failures.count
        if more > 0 { Console.note("... and \(grouped(more)) more") }
        return members.count
    }

    /// Those whom the limits per customer let have it as of now.
    private func allowed(_ members: [CustomerID], at now: Timestamp) throws -> [CustomerID] {
        let limits = MailLimits(campaign, run: nil, in: workspace.definitions, zone: workspace.zone)
        return try stride(from: 0, to: members.count, by: Self.page).flatMap { start in
            let part = members[start..<min(start + Self.page, members.count)]
            let refusals = try store.read { try limits.refusals(of: part, at: now, in: $0) }
            return part.filter { refusals[$0] == nil }
        }
    }

    private func compose(_ members: some Collection<CustomerID>, at now: Timestamp) throws -> Tally {
        let composer = try workspace.composer(campaign, over: store)
        // Every variant of an A/B test is composed for some, as in a run.
        let split = campaign.test.map { Split($0, of: "dry-run") }
        let progress = Progress("Composing", each: "message", total: members.count)
        defer { progress.finish() }
        var tally = Tally()
        for id in members {
            guard let profile = try profile(id) else { continue }
            do throws(ComposingError) {
                tally.add(
                    try composer.compose(
                        for: profile.recipient, run: NumberedRun("dry-run"),
                        variant: split?.group(of: id).variant, now: now))
            } catch {
                guard error.isAboutRecipient || error.mayBeAboutRecipient else { throw error }
                tally.add(failure: "\(id): \(error.description)")
            }
            progress.advance(by: 1)
        }
        return tally
    }

    private func profile(_ id: CustomerID) throws -> Profile? {
        try store.read { view in
            try view.customer(id).map { try view.profile(of: $0) }
        }
    }
}
