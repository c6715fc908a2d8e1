import Foundation
import Model
import Recording

/// Why a run cannot be planned.
package enum PlanningError: Error, Hashable, CustomStringConvertible {
    /// The campaign was sent by hand before, and nobody said to send it again.
    case alreadySent(campaign: String, at: Timestamp, zone: TimeZone)
    /// Nobody is in the audience.
    case nobody(campaign: String)

    package var description: String {
        switch self {
        case .alreadySent(let campaign, let instant, let zone):
            "'\(campaign)' was sent on \(instant.fullText(in: zone)); say --again to send it to its audience once more"
        case .nobody(let campaign):
            "nobody who is subscribed is in the audience of '\(campaign)'; look at its audience and the consents"
        }
    }
}
