import Foundation
import Model

extension Definitions {
    /// How far clocks are behind UTC at most, in milliseconds: what is over there is over everywhere.
    private static let furthestBehind: Int64 = 12 * 3_600_000

    /// Warnings of what was right when it was written and is over by now. They are no part of `diagnostics`, which files
    /// alone decide.
    package func elapsed(at now: Timestamp) -> [Diagnostic] {
        let today = now.advanced(milliseconds: -Self.furthestBehind).local(in: .gmt).date
        return campaigns.values.compactMap { campaign in
            guard let schedule = campaign.schedule, let days = schedule.between, days.last < today else {
                return nil
            }
            return Diagnostic(
                .warning, at: schedule.place,
                "the campaign goes out no more: its `between` ended on \(days.last)",
                hint: "choose days to come, or take the schedule out")
        }.sorted()
    }
}
