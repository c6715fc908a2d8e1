import Model

/// The modules that give something: offers and thanks.
extension FileReader {
    mutating func motivational(_ fields: Fields) -> Motivational? {
        let (text, url, button) = (template("text", of: fields), link("url", of: fields), button(fields))
        let (image, between, coupon) = (picture(fields), dateRange("between", of: fields), coupon(fields))
        guard let kind = fields.word("kind", as: Motivational.Kind.self) else { return nil }
        if kind == .discount, !fields.has("percent"), !fields.has("amount") {
            diagnostics.error(
                "a discount needs `percent` or `amount`", at: fields.place(of: "kind"),
                hint: "such as `percent: 15` or `amount: 5 EUR`")
        }
        guard let text, let url else { return nil }
        return Motivational(
            kind: kind, text: text, url: url, button: button, image: image, coupon: coupon, between: between)
    }

    mutating func thanks(_ fields: Fields) -> Thanks {
        let (title, text) = (template("title", of: fields), template("text", of: fields))
        return Thanks(title: title, text: text, gift: fields.fields("gift").flatMap { gift($0) })
    }

    private mutating func gift(_ fields: Fields) -> Thanks.Gift? {
        let coupon = coupon(fields)
        if fields.has("points") {
            if let other = fields.node.entries.first(where: { $0.key != "points" }) {
                diagnostics.error(
                    "`\(other.key)` cannot stand beside `points`", at: source.place(at: other.keyOffset),
                    hint: "a gift is points or a coupon")
            }
            return fields.value("points", Formats.integer(1...1_000_000_000)).map { .points(Int64($0)) }
        }
        if !fields.has("percent"), !fields.has("amount") {
            diagnostics.error(
                "the gift is worth nothing", at: fields.place, hint: "give it `points`, `percent` or `amount`"
            )
        }
        return coupon.map(Thanks.Gift.coupon)
    }

    /// The coupon that a module's keys describe; nil when they describe none.
    private mutating func coupon(_ fields: Fields) -> Coupon? {
        let percent = fields.value("percent", Formats.percent).map(Coupon.Reduction.percent)
        let amount = fields.value("amount", Formats.money)
        let code = fields.value("code", Formats.identifier).map {
            $0 == "unique" ? Coupon.Code.unique : .fixed($0)
        }
        let coupon = Coupon(
            code: code, reduction: percent ?? amount.map(Coupon.Reduction.amount),
            valid: fields.value("valid", Formats.period),
            minimumOrder: fields.value("minimum_order", Formats.money))
        tellOversized(amount, of: coupon, fields)
        let isEmpty = coupon == Coupon(code: nil, reduction: nil, valid: nil, minimumOrder: nil)
        return isEmpty ? nil : coupon
    }

    private mutating func tellOversized(_ amount: Money?, of coupon: Coupon, _ fields: Fields) {
        guard let amount, let minimum = coupon.minimumOrder else { return }
        if amount.currency != minimum.currency {
            diagnostics.error(
                "`amount` and `minimum_order` are in two currencies", at: fields.place(of: "minimum_order"),
                hint: "write both in \(amount.currency)")
        } else if amount.minor > minimum.minor {
            diagnostics.warn(
                "the discount is larger than the smallest order", at: fields.place(of: "amount"),
                hint: "raise `minimum_order`")
        }
    }
}
