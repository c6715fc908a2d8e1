import Foundation
import Model
import Recording

/// Why a run cannot be planned.
package enum PlanningError: Error, Hashable, CustomStringConvertible {
    /// The campaign was sent by hand before, and nobody said to send it again.
    case alreadySent(campaign: String, at: Timestamp, zone: TimeZone)
    /// A new run was asked for while the campaign's last one is not over.
    case unfinished(campaign: String, run: RunID)
    /// Nobody is in the audience.
    case nobody(campaign: String)

    package var description: String {
        switch self {
        case .alreadySent(let campaign, let instant, let zone):
            "'\(campaign)' was sent on \(instant.fullText(in: zone)); say --again to send it to its audience once more"
        case .unfinished(let campaign, let run):
            "\(run) is not over: 'boon send \(campaign)' goes on with it, 'boon runs cancel \(run)' ends it"
        case .nobody(let campaign):
            "nobody who is subscribed is in the audience of '\(campaign)'; look at its audience and the consents"
        }
    }
}
