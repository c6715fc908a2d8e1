import Campaigns
import Model

/// The limits per customer, counted anew from the list of all mails whenever they are asked.
final class PlainLimits {
    private let definitions: Definitions
    private let clock: WallClock
    private var mails: [CustomerID: [(campaign: Campaign, at: Int64)]] = [:]

    /// - Parameter clock: the shop's.
    init(_ definitions: Definitions, clock: WallClock) {
        (self.definitions, self.clock) = (definitions, clock)
    }

    func note(_ campaign: Campaign, to customer: CustomerID, at now: Int64) {
        mails[customer, default: []].append((campaign, now))
    }

    func refusal(of campaign: Campaign, to customer: CustomerID, at now: Int64) -> YearRecord.Why? {
        let mails = mails[customer] ?? []
        if isReached(
            definitions.settings?.limits.perCustomer, mails.filter { $0.campaign.topic == campaign.topic },
            now)
        {
            return .limited
        }
        return isReached(campaign.limits.perCustomer, mails.filter { $0.campaign.id == campaign.id }, now)
            ? .ownLimit : nil
    }

    /// A mail that a wrong clock has dated into the future counts like one of now, but not when it lies so far ahead
    /// that it would count for longer than the limit itself.
    private func isReached(_ limit: Limit?, _ mails: [(campaign: Campaign, at: Int64)], _ now: Int64) -> Bool
    {
        guard let limit else { return false }
        let since = clock.minute(now, moved: limit.period, sign: -1)
        let until = clock.minute(now, moved: limit.period)
        return mails.count { since < $0.at && $0.at <= until } >= limit.count
    }
}
