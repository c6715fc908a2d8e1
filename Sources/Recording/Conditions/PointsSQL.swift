import Campaigns
import GRDB
import Model

/// Sums over the points ledger, as SQL: what `Loyalty` folds from a customer's entries, over all customers.
extension ConditionSQL {
    /// In whole points, never NULL. The ledger holds no sum that leaves the range.
    func points(_ field: PointsField) -> SQL {
        switch field {
        case .available: "(\(granted(isPending: false)) - \(taken(isPending: false)))"
        case .pending: "(\(granted(isPending: true)) - \(taken(isPending: true)))"
        case .earned: total(of: .earned)
        case .spent: "(- \(total(of: .spent)))"
        }
    }

    private func total(of kind: PointsEntry.Kind) -> SQL {
        """
        (SELECT COALESCE(sum(points), 0) FROM points_entries WHERE customer = customers.id
        AND kind = \(kind.rawValue) AND occurred <= \(now.milliseconds))
        """
    }

    /// What was put into the lots that count.
    private func granted(isPending: Bool) -> SQL {
        """
        (SELECT COALESCE(sum(lots.points), 0) FROM points_entries AS lots WHERE lots.customer = customers.id
        AND \(counts(isPending: isPending)))
        """
    }

    /// What was taken from them.
    private func taken(isPending: Bool) -> SQL {
        """
        (SELECT COALESCE(sum(points_taken.points), 0) FROM points_taken
        JOIN points_entries AS takes ON takes.seq = points_taken.entry
        JOIN points_entries AS lots ON lots."key" = points_taken.lot
        WHERE points_taken.customer = customers.id AND takes.occurred <= \(now.milliseconds)
        AND \(counts(isPending: isPending)))
        """
    }

    /// Whether a row `lots` is a lot that is there, available or pending.
    private func counts(isPending: Bool) -> SQL {
        """
        (lots.points > 0 AND lots.kind <> 'spent' AND lots.occurred <= \(now.milliseconds)
        AND COALESCE(lots.activates, lots.occurred) \(sql: isPending ? ">" : "<=") \(now.milliseconds)
        AND (lots.expires IS NULL OR lots.expires > \(now.milliseconds)
        OR (lots.prolongs IS NOT NULL AND NOT \(hasLapsed))))
        """
    }

    /// Whether a lot that lives on activity ended for want of it: at some instant to which it lived nothing that had
    /// happened since it was earned kept it alive.
    private var hasLapsed: SQL {
        """
        EXISTS (SELECT 1 FROM (SELECT lots.expires AS "end" UNION ALL
        SELECT prolongs FROM points_entries WHERE customer = lots.customer AND occurred >= lots.occurred
        AND prolongs BETWEEN lots.expires AND \(now.milliseconds)) AS ends WHERE NOT EXISTS
        (SELECT 1 FROM points_entries WHERE customer = lots.customer AND occurred >= lots.occurred
        AND occurred < ends."end" AND prolongs > ends."end"))
        """
    }

    /// The rank of the customer's tier; NULL below the lowest. Which tier is held can depend on all that was ever
    /// earned, in its order, so a function decides that is given all of it.
    var tier: SQL {
        """
        boon_tier((SELECT group_concat(occurred || ' ' || points, ',') FROM points_entries
        WHERE customer = customers.id AND kind = 'earned' AND occurred <= \(now.milliseconds)))
        """
    }
}
