import Model

/// What an operand is for one customer.
enum OperandValue {
    /// There is no value: every test but `is empty` fails.
    case missing
    case text(String)
    case language(String)
    /// The shop's own text, which may look like a number or a date.
    case attribute(String)
    case tags([String])
    case number(Double)
    case money(Money)
    case instant(Timestamp)
    case birthday(CalendarDate)
    /// The tier's place among the programme's, from 0.
    case tier(Int)

    init(_ text: String?) {
        self = text.map { .text($0) } ?? .missing
    }

    var isEmpty: Bool {
        switch self {
        case .missing: true
        case .text(let text), .attribute(let text), .language(let text): text.isEmpty
        case .tags(let tags): tags.isEmpty
        case .number, .money, .instant, .birthday, .tier: false
        }
    }
}

// MARK: - Time

extension OperandValue {
    func isWithin(_ period: Period, of facts: Facts) -> Bool {
        let start = facts.now.subtracting(period, in: facts.zone)
        switch self {
        case .instant(let instant): return start <= instant && instant <= facts.now
        case .attribute(let text):
            guard let date = CalendarDate(text) else { return false }
            return start.local(in: facts.zone).date <= date && date <= facts.today
        default: return false
        }
    }

    func isOlder(than period: Period, of facts: Facts) -> Bool {
        let limit = facts.now.subtracting(period, in: facts.zone)
        switch self {
        case .instant(let instant): return instant < limit
        case .birthday(let date): return date <= limit.local(in: facts.zone).date
        case .attribute(let text):
            return CalendarDate(text).map { $0 < limit.local(in: facts.zone).date } ?? false
        default: return false
        }
    }

    func isWithinNext(_ period: Period, of facts: Facts) -> Bool {
        let last = facts.now.adding(period, in: facts.zone).local(in: facts.zone).date
        switch self {
        case .birthday(let date): return date.nextAnniversary(onOrAfter: facts.today) <= last
        case .attribute(let text): return CalendarDate(text).map { facts.today <= $0 && $0 <= last } ?? false
        default: return false
        }
    }
}

extension Facts {
    fileprivate var today: CalendarDate { now.local(in: zone).date }
}

extension CalendarDate {
    /// The next day on which this one comes round; 29 February comes on the 28th in a year that lacks it.
    package func nextAnniversary(onOrAfter day: CalendarDate) -> CalendarDate {
        let monthsToThisYear = (day.year - year) * 12
        let thisYear = adding(months: monthsToThisYear)
        return thisYear >= day ? thisYear : adding(months: monthsToThisYear + 12)
    }
}

// MARK: - Operands

extension Evaluation {
    /// What an operand is.
    /// - Parameter currency: of the sums of money that are asked for.
    func value(of operand: Operand, in currency: Currency? = nil) throws(Unanswerable) -> OperandValue {
        if let unanswerable = operand.unanswerable { throw unanswerable }
        switch operand.field {
        case .customer(let field): return facts.customer.value(of: field)
        case .attribute(let name): return facts.customer.attributes[name].map { .attribute($0) } ?? .missing
        case .points(let field): return .number(Double(facts.points.value(of: field)))
        case .tier: return facts.tier.flatMap { facts.tiers.firstIndex(of: $0) }.map { .tier($0) } ?? .missing
        case .orders(let field, let period): return orders(field, within: period, in: currency)
        case .aggregate(let aggregate): return try sum(aggregate, in: currency)
        case .row(let field): return row?.value(of: field) ?? .missing
        case .rfm, .ltv, .npsScore, .npsGroup, .event: return .missing
        }
    }

    private func orders(_ field: OrdersField, within period: Period?, in currency: Currency?) -> OperandValue
    {
        let orders = facts.orders(within: period)
        switch field {
        case .count: return .number(Double(orders.count))
        case .total:
            guard let currency else { return .missing }
            let lines = orders.filter { $0.currency == currency }.flatMap(\.lines)
            return .money(Money(minor: lines.reduce(0) { $0.addingHeld($1.total) }, currency))
        case .last: return orders.map(\.at).max().map { .instant($0) } ?? .missing
        case .first: return orders.map(\.at).min().map { .instant($0) } ?? .missing
        }
    }

    private func sum(_ aggregate: Aggregate, in currency: Currency?) throws(Unanswerable) -> OperandValue {
        let rows = try rows(of: aggregate)
        switch aggregate.function {
        case .countOrders: return .number(Double(Set(rows.map(\.order.id)).count))
        case .sumOrders(.quantity):
            return .number(Double(rows.reduce(Int64(0)) { $0.addingHeld($1.line.quantity ?? 0) }))
        case .sumOrders(let summand):
            guard let currency else { return .missing }
            let own = rows.filter { $0.order.currency == currency }
            let amounts = own.map { summand == .cost ? $0.line.cost ?? 0 : $0.line.total }
            return .money(Money(minor: amounts.reduce(0) { $0.addingHeld($1) }, currency))
        case .countEvents, .sumEvents: return .missing
        }
    }

    private func rows(of aggregate: Aggregate) throws(Unanswerable) -> [Row] {
        var rows: [Row] = []
        for order in facts.orders(within: aggregate.within) {
            for line in order.lines {
                var inner = self
                inner.row = Row(order: order, line: line)
                guard
                    try aggregate.condition.map({ (condition) throws(Unanswerable) in
                        try inner.holds(condition)
                    }) ?? true
                else { continue }
                rows.append(Row(order: order, line: line))
            }
        }
        return rows
    }
}

extension Facts {
    fileprivate func orders(within period: Period?) -> [Order] {
        guard let period else { return orders }
        let start = now.subtracting(period, in: zone)
        return orders.filter { start <= $0.at && $0.at <= now }
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

extension Evaluation.Row {
    fileprivate func value(of field: RowField) -> OperandValue {
        switch field {
        case .category: OperandValue(line.category)
        case .sku: OperandValue(line.sku)
        case .quantity: line.quantity.map { .number(Double($0)) } ?? .missing
        case .cost: line.cost.map { .money(Money(minor: $0, order.currency)) } ?? .missing
        case .total: order.total.map { .money($0) } ?? .missing
        case .channel: OperandValue(order.channel)
        case .currency: .text(order.currency.code)
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

extension Int64 {
    /// The sum, held inside the range: nobody spends that much, but nothing may crash on it.
    fileprivate func addingHeld(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
