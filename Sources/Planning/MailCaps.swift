import Campaigns
import Foundation
import Model

/// How many mails one customer gets in rolling windows: of one topic over all campaigns, and of one campaign.
///
/// Mails are counted per topic, since a customer takes or leaves topics one by one: news of orders does not use up what
/// may be sent of offers. Campaigns without a topic share one. A mail keeps the topic that it was sent for, whatever becomes
/// of its campaign's file.
package struct MailCaps: Sendable {
    /// A mail that was sent, or will be before the one in question.
    package struct Sent: Hashable, Sendable {
        package let campaign: String
        /// What it was sent for, empty for no topic; nil where that was not recorded, and the campaign's topic of today
        /// counts.
        package let topic: String?
        package let at: Timestamp

        /// A mail of a campaign.
        package init(campaign: String, topic: String? = nil, at: Timestamp) {
            (self.campaign, self.topic, self.at) = (campaign, topic, at)
        }
    }

    /// Why a customer gets no more for now.
    package struct Refusal: Hashable, Sendable, CustomStringConvertible {
        /// What was reached.
        package let limit: Limit
        /// The campaign whose own limit it is; nil for that of boon.yaml.
        package let campaign: String?
        /// How many mails were counted.
        package let count: Int

        package var description: String { words("has had") }

        /// Why a mail that lies ahead will not be sent.
        package var ahead: String { words("will have had") }

        private func words(_ having: String) -> String {
            let scope = campaign.map { "the campaign '\($0)'" } ?? "boon.yaml"
            return
                "the customer \(having) \(count) mail\(count == 1 ? "" : "s") in \(limit.period), as many as \(scope) allows"
        }
    }

    private let overall: Limit?
    private let own: [String: Limit]
    private let topics: [String: String]
    private let zone: TimeZone

    /// The limits of a workspace.
    /// - Parameter zone: the workspace's, which says how long a day is.
    package init(_ definitions: Definitions, zone: TimeZone) {
        overall = definitions.settings?.limits.perCustomer
        own = definitions.campaigns.compactMapValues(\.limits.perCustomer)
        topics = definitions.campaigns.compactMapValues(\.topic)
        self.zone = zone
    }

    /// Whether anything is limited at all.
    package var isEmpty: Bool { overall == nil && own.isEmpty }

    /// From when on mails count for one that is sent at an instant; nil when none does.
    /// - Parameter campaign: whose mail it is; nil for any.
    package func reach(of campaign: String? = nil, at now: Timestamp) -> Timestamp? {
        let limits = [overall].compactMap(\.self) + own.filter { campaign ?? $0.key == $0.key }.values
        return limits.map { now.subtracting($0.period, in: zone) }.min()
    }

    /// Why a mail of a campaign is not sent at an instant; nil when it may be.
    /// - Parameter history: what the customer was sent before, in any order.
    package func refusal(of campaign: String, at now: Timestamp, after history: [Sent])
        -> Refusal?
    {
        let topic = topics[campaign] ?? ""
        return refusal(overall, of: nil, at: now, history) {
            ($0.topic ?? topics[$0.campaign] ?? "") == topic
        }
            ?? refusal(own[campaign], of: campaign, at: now, history) { $0.campaign == campaign }
    }

    private func refusal(
        _ limit: Limit?, of campaign: String?, at now: Timestamp, _ mails: [Sent],
        where counts: (Sent) -> Bool
    ) -> Refusal? {
        guard let limit else { return nil }
        let since = now.subtracting(limit.period, in: zone)
        // A mail that a wrong clock has dated into the future counts, but none counts for longer than the limit says.
        let latest = now.adding(limit.period, in: zone)
        let count = mails.count { counts($0) && since < $0.at && $0.at <= latest }
        return count >= limit.count ? Refusal(limit: limit, campaign: campaign, count: count) : nil
    }
}
