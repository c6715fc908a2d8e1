import Model

extension Programme {
    /// What an order earns by the purchase rule for its currency. It is earned when the order was made,
    /// at the tier that the customer had then without it.
    /// - Parameters:
    ///   - order: of the ledger's customer.
    ///   - recorded: the entry that the store has under `purchaseKey`, whoever's it is.
    /// - Returns: the entry, or why there is none. An order that has earned gives its entry again, even
    ///   if the programme or the order was changed since.
    /// - Throws: `Refusal`.
    package func earn(
        for order: Order, in ledger: Ledger, recorded: PointsEntry? = nil
    ) throws(Refusal) -> Earning {
        let key = Self.purchaseKey(order.id)
        let source = "order:\(order.id)"
        let prior = try ledger.settled(key: key, recorded: recorded) {
            $0.kind == .earned && $0.source == source
        }
        if let prior { return .points(prior) }
        guard let rule = purchaseRule(for: order.currency) else {
            return .nothing(noRule(for: order.currency))
        }
        let sum = try PurchaseSum(of: order, by: rule, in: self, ledger: ledger)
        guard sum.points > 0 else {
            return .nothing("The order earns nothing: \(sum.explanation).")
        }
        var entry = PointsEntry(
            kind: .earned, customer: order.customer, key: key, points: sum.points, occurred: order.at,
            source: source, rule: "purchase@\(version)", actor: "boon", reason: sum.explanation)
        setDates(of: &entry, pending: true)
        return .points(try ledger.accept(entry))
    }

    /// The idempotency key of the points for an order.
    package static func purchaseKey(_ order: OrderID) -> String {
        "purchase:\(order)"
    }

    private var purchaseRules: [PurchaseRule] {
        earn.compactMap { if case .purchase(let rule) = $0 { rule } else { nil } }
    }

    private func purchaseRule(for currency: Currency) -> PurchaseRule? {
        purchaseRules.first { $0.per.currency == currency }
    }

    private func noRule(for currency: Currency) -> String {
        let known = purchaseRules.map(\.per.currency.code).joined(separator: " or ")
        return known.isEmpty
            ? "The programme '\(id)' gives no points for purchases."
            : "The order is in \(currency), the programme '\(id)' gives points for \(known)."
    }
}

/// The points of an order: its lines in groups of one multiplier, each rounded down once.
private struct PurchaseSum {
    struct Group {
        let factor: Ratio
        /// The multipliers that made the factor, each once.
        var labels: [String]
        var amount: Int64 = 0
    }

    var points: Int64 = 0
    /// The arithmetic in one line.
    var explanation = ""

    init(of order: Order, by rule: PurchaseRule, in programme: Programme, ledger: Ledger) throws(Refusal) {
        let tier = programme.tier(for: rule, in: ledger, at: order.at)
        let day = order.at.local(in: programme.zone).date
        let times = rule.times.filter { multiplier in
            (multiplier.tier == nil || multiplier.tier == tier) && multiplier.between?.contains(day) != false
        }
        var steps: [String] = []
        for group in try Self.groups(of: order, by: times) {
            let (earned, step) = try Self.points(for: group, by: rule)
            let (sum, overflow) = points.addingReportingOverflow(earned)
            if overflow { throw .tooLarge }
            points = sum
            steps.append(step)
        }
        if steps.count > 1 { steps.append("together \(points)") }
        let unit = rule.points == 1 ? "point" : "points"
        explanation = "\(rule.points) \(unit) per \(rule.per): " + steps.joined(separator: "; ")
    }

    private static func groups(of order: Order, by times: [Multiplier]) throws(Refusal) -> [Group] {
        var groups: [Group] = []
        for line in order.lines {
            let applying = times.filter { $0.category == nil || $0.category == line.category }
            var factor = Ratio.one
            for multiplier in applying {
                guard let product = factor.times(Ratio(multiplier.by)) else { throw .tooLarge }
                factor = product
            }
            let known = groups.firstIndex { $0.factor == factor }
            if known == nil { groups.append(Group(factor: factor, labels: [])) }
            let index = known ?? groups.count - 1
            let (amount, overflow) = groups[index].amount.addingReportingOverflow(line.total)
            if overflow { throw .tooLarge }
            groups[index].amount = amount
            for label in applying.map(\.label) where !groups[index].labels.contains(label) {
                groups[index].labels.append(label)
            }
        }
        return groups
    }

    private static func points(
        for group: Group, by rule: PurchaseRule
    ) throws(Refusal) -> (points: Int64, step: String) {
        guard
            let exact = Ratio(rule.points, rule.per.minor).times(group.factor)?.times(Ratio(group.amount, 1)),
            let (whole, isExact) = exact.roundedDown
        else { throw .tooLarge }
        var step = "\(Money(minor: group.amount, rule.per.currency))"
        if !group.labels.isEmpty {
            step += " × \(group.factor) (\(group.labels.joined(separator: ", ")))"
        }
        return (whole, step + " = \(whole)" + (isExact ? "" : ", rounded down"))
    }
}

extension Programme {
    /// The tier that multipliers go by, worked out only where one asks for it.
    fileprivate func tier(for rule: PurchaseRule, in ledger: Ledger, at instant: Timestamp) -> String? {
        guard rule.times.contains(where: { $0.tier != nil }) else { return nil }
        return ledger.standing(at: instant, under: self)?.tier?.name
    }
}

extension Multiplier {
    /// What applies and by how much: `gold 1.25`.
    fileprivate var label: String {
        let days = between.map { "\($0.lowerBound) .. \($0.upperBound)" }
        return ([tier, category, days].compactMap(\.self) + [by.description]).joined(separator: " ")
    }
}
