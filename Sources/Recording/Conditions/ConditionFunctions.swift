import Campaigns
import Foundation
import GRDB
import Loyalty
import Model
import Value

/// What conditions ask that SQL cannot say: functions that SQLite calls back. Each depends on its arguments alone.
enum ConditionFunctions {
    /// Adds those that depend on no workspace to a connection.
    static func add(to database: Database) {
        database.add(function: millionths)
        database.add(function: date)
    }

    /// `boon_millionths(text)`: a plain decimal number times 1,000,000; NULL for other texts.
    private static let millionths = DatabaseFunction("boon_millionths", argumentCount: 1, pure: true) {
        values in
        String.fromDatabaseValue(values[0]).flatMap { DecimalNumber($0)?.millionths }
    }

    /// `boon_date(text)`: the text if it is an ISO date, which then compares as days do; NULL for other texts.
    private static let date = DatabaseFunction("boon_date", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap { CalendarDate($0) == nil ? nil : $0 }
    }

    /// `boon_tier(history)`: the rank of the tier of who earned points as `occurred points,...` says; NULL below the
    /// lowest tier.
    static func tier(under programme: Programme, at now: Timestamp) -> DatabaseFunction {
        DatabaseFunction("boon_tier", argumentCount: 1, pure: true) { values in
            let history = String.fromDatabaseValue(values[0]) ?? ""
            let earned = history.utf8.split(separator: UInt8(ascii: ",")).compactMap { entry in
                let numbers = entry.split(separator: UInt8(ascii: " ")).compactMap { Int64(Substring($0)) }
                return numbers.count == 2
                    ? Earned(at: Timestamp(milliseconds: numbers[0]), points: numbers[1]) : nil
            }
            return programme.tierRank(earned: earned, at: now)
        }
    }

    /// `boon_rfm(sums)`: the RFM group of who bought what the sums come to; NULL for who bought nothing.
    static func rfm(by scales: RFMScales, _ sums: PurchaseSums) -> DatabaseFunction {
        DatabaseFunction("boon_rfm", argumentCount: 5, pure: true) { values in
            sums.purchases(values).map { scales.score(of: $0).group.rawValue }
        }
    }

    /// `boon_ltv(sums)`: the lifetime value in minor units of who bought what the sums come to; NULL for who bought
    /// nothing. What is multiplied on the way leaves the range of numbers that SQL has.
    static func lifetime(by lifetime: LifetimeValue, _ sums: PurchaseSums) -> DatabaseFunction {
        DatabaseFunction("boon_ltv", argumentCount: 5, pure: true) { values in
            sums.purchases(values).map { lifetime.amount(of: $0) }
        }
    }
}
