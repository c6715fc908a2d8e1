/// What a campaign's schedule was when it was first seen: nothing is sent for what was due before.
package struct ScheduledCampaign: Hashable, Sendable {
    /// The campaign's identifier.
    package var campaign: String
    /// The schedule's rule in one line; another rule is another schedule.
    package var schedule: String
    /// From when on it holds.
    package var since: Timestamp

    /// A schedule with all its parts.
    package init(campaign: String, schedule: String, since: Timestamp) {
        (self.campaign, self.schedule, self.since) = (campaign, schedule, since)
    }
}

/// Some of the recipients of a run, each because of one thing that happened to them.
package struct TriggeredRecipients: Hashable, Sendable {
    /// One recipient and what happened.
    package struct Member: Hashable, Sendable {
        package var customer: CustomerID
        /// The key of what happened, `order:o-17`: a campaign follows it once.
        package var event: String

        /// A recipient because of an event.
        package init(customer: CustomerID, event: String) {
            (self.customer, self.event) = (customer, event)
        }
    }

    package var run: RunID
    package var members: [Member]
    /// Why nothing is sent to them; nil for those who are mailed.
    package var reason: String?

    /// Recipients of a run that was planned before.
    package init(run: RunID, members: [Member], reason: String? = nil) {
        (self.run, self.members, self.reason) = (run, members, reason)
    }
}

// MARK: - Coding

extension ScheduledCampaign {
    func write(to json: inout JSONWriter) {
        json.write("campaign", campaign)
        json.write("schedule", schedule)
        json.write("since", since)
    }

    init(_ json: JSONObject) throws {
        self.init(
            campaign: try json.required("campaign"), schedule: try json.required("schedule"),
            since: try json.requiredTimestamp("since"))
    }
}

extension TriggeredRecipients {
    func write(to json: inout JSONWriter) {
        json.write("run", run.text)
        json.write("customers", members.map(\.customer.text))
        json.write("events", members.map(\.event))
        json.write("reason", reason)
    }

    init(_ json: JSONObject) throws {
        let (customers, events) = (try json.strings("customers"), try json.strings("events"))
        guard customers.count == events.count else {
            throw EventError.malformed("'events' has another length than 'customers'")
        }
        self.init(
            run: RunID(try json.required("run")),
            members: zip(customers, events).map { Member(customer: CustomerID($0), event: $1) },
            reason: try json.string("reason"))
    }
}
