import Loyalty
import Model
import Recording

/// Gives every order the points it has earned and not got yet.
///
/// An order's entry in the ledger carries the order's identifier in its key, so the run can be cut off anywhere
/// and done again: whatever has its entry is left alone.
struct PointsRun {
    private let store: Store
    private let programme: Programme

    /// How many customers are committed together.
    private static let page = 500

    /// What a run has done.
    struct Summary: Sendable {
        var orders = 0
        var points: Int64 = 0
        /// Orders that the rules give nothing for.
        var without = 0
    }

    /// A run over a workspace's stores.
    init(under programme: Programme, _ store: Store) {
        (self.programme, self.store) = (programme, store)
    }

    /// Runs and prints what was earned.
    func report() throws {
        let progress = Progress("Earning points", each: "order")
        let summary = try run { progress.advance(by: $0) }
        progress.finish()
        var sentence = "\(counted(summary.orders, "order")) earned \(grouped(summary.points)) points"
        if summary.without > 0 { sentence += ", \(grouped(summary.without)) earned none" }
        Console.print(sentence)
    }

    /// Commits the missing entries, a page of customers at a time.
    /// - Parameter progress: called with the number of orders looked at since the last call.
    func run(progress: (Int) -> Void) throws -> Summary {
        var total = Summary()
        var last: CustomerID?
        let prefix = Programme.purchaseKey("")
        while true {
            let after = last
            let customers = try store.read {
                try $0.customersWithUnearnedOrders(prefix: prefix, after: after, limit: Self.page)
            }
            guard let final = customers.last else { return total }
            let done = try store.commit { [programme] view in
                var (events, summary) = ([Event](), Summary())
                for customer in customers {
                    events += try Self.entries(of: customer, under: programme, in: view, counting: &summary)
                }
                return (events, summary)
            }
            total.orders += done.orders
            total.points += done.points
            total.without += done.without
            progress(done.orders + done.without)
            last = final
        }
    }

    /// The entries that a customer's orders lack, oldest order first, since what came before may raise the tier.
    private static func entries(
        of customer: CustomerID, under programme: Programme, in view: IndexView,
        counting summary: inout Summary
    ) throws -> [Event] {
        var ledger = try Ledger(customer: customer, entries: try view.points(of: customer))
        var events: [Event] = []
        for order in try view.orders(of: customer)
        where ledger.entry(key: Programme.purchaseKey(order.id)) == nil {
            guard case .points(.new(let entry)) = try programme.earn(for: order, in: ledger) else {
                summary.without += 1
                continue
            }
            try ledger.append(entry)
            events.append(.points(entry))
            summary.orders += 1
            summary.points += entry.points
        }
        return events
    }
}
