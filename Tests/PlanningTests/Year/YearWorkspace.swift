import Campaigns
import Foundation
import TestSupport
import Testing

/// The worked campaigns, with some more beside them so that every kind of schedule meets every kind of trouble.
enum YearWorkspace {
    /// The year, from its first minute on: minutes since 1970, as all times here.
    static let year: Range<Int64> = 29_671_200..<29_671_200 + 365 * 1440  // from 2026-06-01T00:00Z

    /// Where the customers live: clocks that change in spring and autumn by an hour, by half of one, at midnight, on
    /// the other half of the earth, and not at all; as far ahead of UTC and behind it as clocks are.
    static let zones = [
        "Europe/Tallinn", "Europe/London", "Asia/Beirut", "America/New_York", "America/Los_Angeles",
        "America/St_Johns", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland",
        "Pacific/Kiritimati", "Pacific/Pago_Pago",
    ]

    static func definitions() throws -> Definitions {
        var files = ["boon.yaml": try Data(contentsOf: Checkout.root.appending(path: "boon.yaml"))]
        let folder = Checkout.root.appending(path: "campaigns")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files["campaigns/\(name)"] = try Data(contentsOf: folder.appending(path: name))
        }
        for (id, lines) in more {
            let text = "campaign: \(id)\nsubject: A letter\nmodules: [{ thanks: {} }]\n\(lines)\n"
            files["campaigns/more/\(id).yaml"] = Data(text.utf8)
        }
        var definitions = Definitions.read(files: files.mapValues { Array($0) }, environment: [:])
        try #require(!definitions.hasErrors, "\(definitions.diagnostics)")
        // An A/B test is planned in two parts, which has a model of its own.
        for id in definitions.campaigns.keys { definitions.campaigns[id]?.test = nil }
        return definitions
    }

    private static let more = [
        "penguins": """
        audience: country == AQ
        schedule: { cron: "30 3 * * sun" }
        """,
        "birthday": """
        audience: subscribed
        topic: offers
        schedule:
          { on: birthday 09:00, timezone: recipient, quiet_hours: 21:00-08:00, late: skip after 12 hours }
        """,
        "small-hours": """
        audience: home-baristas
        schedule: { cron: "30 2,3 * * sat,sun", timezone: recipient, late: skip }
        """,
        "tips": """
        audience: home-baristas
        schedule:
          { every: "tuesday, friday 22:30", timezone: recipient, quiet_hours: 21:00-08:00, late: send }
        """,
        "regulars-table": """
        audience: vip
        topic: knowledge
        schedule: { every: weekday 09:30, quiet_hours: 21:00-08:00, late: skip after 5 hours }
        """,
        "welcome": """
        audience: subscribed
        topic: service
        schedule:
          { after: joined + 2 hours, timezone: recipient, quiet_hours: 21:00-08:00, late: skip after 10 days }
        """,
        "second-thoughts": """
        audience: buyers
        topic: service
        schedule: { after: first order + 1 month, timezone: recipient, late: skip after 2 days }
        """,
        "trial": """
        audience: subscribed
        topic: offers
        schedule:
          after: trial_ended + 1 day
          timezone: recipient
          quiet_hours: 21:00-08:00
          between: 2026-07-01 .. 2027-04-30
          late: skip after 6 hours
        """,
    ]
}
