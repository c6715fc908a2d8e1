import Foundation

/// A small campaign to everyone, in one language.
enum Letter {
    static let yaml = """
        campaign: letter
        audience: subscribed
        subject: "Hello {{ customer.first_name | default: 'there' }}"
        modules:
          - proposition: { headline: Coffee, paragraph: Roasted on Tuesday. }

        """

    /// Customers `c-1` to `c-N`, whose addresses are `c1@shop.example` and so on.
    static func customers(_ count: Int) -> String {
        "id,email,consent\n" + (1...count).map { "c-\($0),c\($0)@shop.example,subscribed\n" }.joined()
    }

    /// Whose address it is.
    static func customer(of address: String) -> String {
        "c-" + address.dropFirst().prefix { $0 != "@" }
    }
}

/// A programme that anyone can reckon with.
enum PlainProgramme {
    /// A point for each whole euro of an order, at once and for ever.
    static let yaml = """
        programme: plain
        unit: { one: point, many: points }
        earn: [ { rule: purchase, per: 1 EUR, points: 1 } ]
        expire: never

        """
}

/// Orders of a shop, a row each, made from nothing but their number.
enum OrderTable {
    /// - Parameters:
    ///   - orders: how many, `o-1` and on.
    ///   - customers: how many customers made them, `c-1` and on.
    static func csv(orders: Int, customers: Int) -> String {
        let rows = (1...orders).map { number in
            let customer = number % customers + 1
            let day = "2026-\(number % 9 + 1)-\(number % 28 + 1)".split(separator: "-")
                .map { $0.count == 1 ? "0\($0)" : String($0) }.joined(separator: "-")
            return "o-\(number),c-\(customer),c\(customer)@shop.example,\(day),\(number % 90 + 10).50,EUR\n"
        }
        return "id,customer,email,at,total,currency\n" + rows.joined()
    }
}
