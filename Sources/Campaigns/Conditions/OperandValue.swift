import Model
import Value

/// What an operand is for one customer.
enum OperandValue {
    /// There is no value: every test but `is empty` fails.
    case missing
    case text(String)
    case language(String)
    /// The shop's own text, which may look like a number or a date.
    case attribute(String)
    case tags([String])
    /// In millionths: no sum of what is counted or measured leaves the range.
    case number(Int128)
    case money(Money)
    case instant(Timestamp)
    case birthday(CalendarDate)
    case rfm(RFMScore)
    /// The tier's place among the programme's, from 0.
    case tier(Int)

    init(_ text: String?) {
        self = text.map { .text($0) } ?? .missing
    }

    init(whole number: Int64) {
        self = .number(Int128(number) * 1_000_000)
    }

    /// A sum of minor units, held inside the range of money: nobody spends that much, but nothing may crash on it.
    init(minor sum: Int128, _ currency: Currency) {
        self = .money(Money(minor: Int64(clamping: sum), currency))
    }
}

// MARK: - Operands

extension Evaluation {
    /// What an operand is.
    /// - Parameter currency: of the sums of money that are asked for.
    func value(of operand: Operand, in currency: Currency? = nil) throws(Unanswerable) -> OperandValue {
        switch operand.field {
        case .customer(let field): return facts.customer.value(of: field)
        case .attribute(let name): return facts.customer.attributes[name].map { .attribute($0) } ?? .missing
        case .points(let field): return OperandValue(whole: facts.points.value(of: field))
        case .tier: return facts.tier.flatMap { facts.tiers.firstIndex(of: $0) }.map { .tier($0) } ?? .missing
        case .npsScore: return facts.npsScore.map { OperandValue(whole: Int64($0)) } ?? .missing
        case .npsGroup:
            let group = facts.npsScore.flatMap { score in
                NPSGroup.allCases.first { $0.scores.contains(score) }
            }
            return OperandValue(group?.rawValue)
        case .orders(let field, let period): return orders(field, within: period, in: currency)
        case .aggregate(let aggregate): return try sum(aggregate, in: currency)
        case .row(let field):
            guard case .line(let line, let order) = row else { return .missing }
            return Self.value(of: field, line, order)
        case .event(let name):
            guard case .event(let event) = row else { return .missing }
            let text = name == "name" ? event.name : event.properties[name]
            return text.map { .attribute($0) } ?? .missing
        case .rfm:
            guard let scales = facts.rfm else { throw .unmeasured(operand) }
            return facts.purchases.map { .rfm(scales.score(of: $0)) } ?? .missing
        case .ltv:
            let amount = facts.purchases.map { facts.lifetime.amount(of: $0) }
            return amount.map { .money(Money(minor: $0, facts.currency)) } ?? .missing
        }
    }

    private func orders(_ field: OrdersField, within period: Period?, in currency: Currency?) -> OperandValue
    {
        let orders = facts.happened(facts.orders, within: period, at: \.at)
        switch field {
        case .count: return OperandValue(whole: Int64(orders.count))
        case .total:
            guard let currency else { return .missing }
            let lines = orders.filter { $0.currency == currency }.flatMap(\.lines)
            return OperandValue(minor: lines.reduce(0) { $0 + Int128($1.total) }, currency)
        case .last: return orders.map(\.at).max().map { .instant($0) } ?? .missing
        case .first: return orders.map(\.at).min().map { .instant($0) } ?? .missing
        }
    }

    private static func value(of field: RowField, _ line: OrderLine, _ order: Order) -> OperandValue {
        switch field {
        case .category: OperandValue(line.category)
        case .sku: OperandValue(line.sku)
        case .quantity: line.quantity.map { OperandValue(whole: $0) } ?? .missing
        case .cost: line.cost.map { .money(Money(minor: $0, order.currency)) } ?? .missing
        case .total: order.total.map { .money($0) } ?? .missing
        case .channel: OperandValue(order.channel)
        case .currency: .text(order.currency.code)
        }
    }
}

extension Facts {
    /// What of it lies in the last period; all of it without one.
    func happened<Element>(
        _ elements: [Element], within period: Period?, at instant: (Element) -> Timestamp
    ) -> [Element] {
        guard let period else { return elements }
        let start = now.subtracting(period, in: zone)
        return elements.filter { start <= instant($0) && instant($0) <= now }
    }
}

extension Facts.Points {
    fileprivate func value(of field: PointsField) -> Int64 {
        switch field {
        case .available: available
        case .pending: pending
        case .earned: earned
        case .spent: spent
        }
    }
}

extension Customer {
    fileprivate func value(of field: CustomerField) -> OperandValue {
        switch field {
        case .id: .text(id.text)
        case .email: .text(email)
        case .firstName: OperandValue(firstName)
        case .lastName: OperandValue(lastName)
        case .phone: OperandValue(phone)
        case .locale: locale.map { .language($0) } ?? .missing
        case .timezone: OperandValue(timezone)
        case .country: OperandValue(country)
        case .city: OperandValue(city)
        case .birthday: birthday.map { .birthday($0) } ?? .missing
        case .gender: OperandValue(gender)
        case .tags: .tags(tags)
        case .channel: OperandValue(channel)
        case .acquisitionCost: acquisitionCost.map { .money($0) } ?? .missing
        case .joined: joined.map { .instant($0) } ?? .missing
        case .consent: .text(consent.rawValue)
        }
    }
}
