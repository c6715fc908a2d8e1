import Campaigns
import Model

/// What happened to customers and one campaign has not followed yet.
struct PlainFollowing {
    /// One thing that happened.
    struct Happening {
        let customer: CustomerID
        let occurred: Int64
    }

    let schedule: PlainSchedule
    private let happening: Schedule.Happening
    /// Whether an answer that promotes is followed, or any.
    private let followsPromoters: Bool
    private var open: [String: Happening] = [:]
    /// Whatever else is told of these changes nothing: they were followed, or are too late for ever.
    private var followed: Set<String> = []

    init?(_ schedule: PlainSchedule, surveys: [String: Survey]) {
        guard case .after(let happening, _) = schedule.schedule.trigger else { return nil }
        (self.schedule, self.happening) = (schedule, happening)
        followsPromoters = surveys.values.contains { $0.followUp.promoter?.thank == schedule.campaign.id }
    }

    /// Takes note of what the shop tells.
    /// - Parameter shop: as it is with it.
    mutating func take(_ event: Event, in shop: PlainShop) {
        switch (happening, event) {
        case (.order, .orderSaved(let order)): note("\(order.id)", order.customer, order.at)
        case (.firstOrder, .orderSaved(let order)):
            let first = shop.orders[order.customer]?.min { ($0.at, $0.id) < ($1.at, $1.id) }
            open["\(order.customer)"] = nil
            if let first { note("\(order.customer)", order.customer, first.at) }
        case (.joined, .customerSaved(let customer)):
            open["\(customer.id)"] = nil
            if let joined = customer.joined { note("\(customer.id)", customer.id, joined) }
        case (.answer, .answerConfirmed(let answer)):
            let promotes = answer.question == "score" && ["9", "10"].contains(answer.value)
            guard promotes || !followsPromoters else { return }
            note("\(answer.survey) \(answer.wave) \(answer.customer)", answer.customer, answer.occurred)
        case (.event(let name), .happened(let event)) where event.name == name:
            note(event.id, event.customer, event.occurred)
        default: return
        }
    }

    private mutating func note(_ key: String, _ customer: CustomerID, _ occurred: Timestamp) {
        if followed.contains(key) || open[key] != nil { return }
        open[key] = Happening(customer: customer, occurred: occurred.minute)
    }

    /// Takes what is to be followed now.
    /// - Parameters:
    ///   - since: what was due by then is never followed.
    ///   - time: the right time, by which what is days too late need not be looked at again.
    /// - Returns: and when there is more.
    mutating func take(in shop: PlainShop, since: Int64, now: Int64, time: Int64) -> (
        [Happening], next: Int64?
    ) {
        var (taken, next): ([(String, Happening)], Int64?) = ([], nil)
        for (key, happening) in open {
            let zone = shop.customers[happening.customer]?.timezone
            guard let due = schedule.due(after: happening.occurred, in: zone), due > since,
                let turn = schedule.turn(due: due, in: zone, now: now)
            else { continue }
            if turn <= now { taken.append((key, happening)) } else { next = min(next ?? turn, turn) }
        }
        for (key, _) in taken {
            open[key] = nil
            followed.insert(key)
        }
        forget(by: time)
        return (taken.sorted { ($0.1.occurred, $0.0) < ($1.1.occurred, $1.0) }.map(\.1), next)
    }

    /// No rule of the year lets what follows be late by more than ten days, and no clock is set back by more than one
    /// and finds it late again.
    private mutating func forget(by time: Int64) {
        for (key, happening) in open {
            let due = schedule.due(after: happening.occurred, in: nil) ?? happening.occurred
            guard due <= time - 15 * 1440 else { continue }
            open[key] = nil
            followed.insert(key)
        }
    }
}
