/// Why a record cannot be read.
package enum EventError: Error, Hashable, CustomStringConvertible {
    /// A kind of record that this version of Boon does not know: a newer one wrote it.
    case unknownKind(String)
    /// A record of a known kind that lacks something or holds something else than expected.
    case malformed(String)

    package var description: String {
        switch self {
        case .unknownKind(let kind): "a record of kind '\(kind)' is not known"
        case .malformed(let reason): reason
        }
    }
}

extension Event {
    /// Writes the record's type and all members that its kind has.
    package func write(to json: inout JSONWriter) {
        json.write("type", type)
        switch self {
        case .customerSaved(let customer): customer.write(to: &json)
        case .orderSaved(let order): order.write(to: &json)
        case .points(let entry): entry.write(to: &json)
        case .answerConfirmed(let answer): answer.write(to: &json)
        case .runPlanned(let run): run.write(to: &json)
        case .runRecipients(let run, let customers, let due):
            json.write("run", run.text)
            json.write("due", due)
            json.write("customers", customers.map(\.text))
        case .runTriggered(let recipients): recipients.write(to: &json)
        case .runDecided(let decision): decision.write(to: &json)
        case .runSkipped(let run, let reason):
            run.write(to: &json)
            json.write("reason", reason)
        case .campaignScheduled(let schedule): schedule.write(to: &json)
        case .runPaused(let run, let reason), .runHeld(let run, let reason):
            json.write("run", run.text)
            json.write("reason", reason)
        case .runResumed(let run), .runCancelled(let run), .runFinished(let run): json.write("run", run.text)
        case .mailIntent(let intent): intent.write(to: &json)
        case .mailOutcome(let outcome): outcome.write(to: &json)
        case .mailBounced(let bounce): bounce.write(to: &json)
        case .addressSuppressed(let suppression): suppression.write(to: &json)
        case .addressRestored(let customer, let reason, let actor):
            json.write("customer", customer.text)
            json.write("reason", reason)
            json.write("actor", actor)
        case .engaged(let engagement): engagement.write(to: &json)
        case .happened(let event): event.write(to: &json)
        }
    }

    /// Reads a record of any kind; members it does not know are left alone.
    /// - Throws: `EventError`.
    package init(_ json: JSONObject) throws(EventError) {
        do {
            self = try Self.read(json)
        } catch let error as EventError {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
    }

    private static func read(_ json: JSONObject) throws -> Event {
        let type = try json.required("type")
        switch type {
        case "customer.saved": return .customerSaved(try Customer(json))
        case "order.saved": return .orderSaved(try Order(json))
        case "answer.confirmed": return .answerConfirmed(try Answer(json))
        case "run.planned": return .runPlanned(try Run(json))
        case "run.recipients":
            return .runRecipients(
                RunID(try json.required("run")), try json.strings("customers").map { .init($0) },
                due: try json.timestamp("due"))
        case "run.triggered": return .runTriggered(try TriggeredRecipients(json))
        case "run.decided": return .runDecided(try RunDecision(json))
        case "run.skipped": return .runSkipped(try Run(json), reason: try json.required("reason"))
        case "campaign.scheduled": return .campaignScheduled(try ScheduledCampaign(json))
        case "run.paused":
            return .runPaused(RunID(try json.required("run")), reason: try json.required("reason"))
        case "run.held": return .runHeld(RunID(try json.required("run")), reason: try json.required("reason"))
        case "run.resumed": return .runResumed(RunID(try json.required("run")))
        case "run.cancelled": return .runCancelled(RunID(try json.required("run")))
        case "run.finished": return .runFinished(RunID(try json.required("run")))
        case "mail.intent": return .mailIntent(try MailIntent(json))
        case "mail.outcome": return .mailOutcome(try MailOutcome(json))
        case "mail.bounced": return .mailBounced(try MailBounce(json))
        case "address.suppressed": return .addressSuppressed(try Suppression(json))
        case "address.restored":
            return .addressRestored(
                CustomerID(try json.required("customer")), reason: try json.required("reason"),
                actor: try json.required("actor"))
        case "mail.opened": return .engaged(try Engagement(json, kind: .opened))
        case "mail.clicked": return .engaged(try Engagement(json, kind: .clicked))
        case "event.recorded": return .happened(try CustomerEvent(json))
        default:
            guard type.hasPrefix("points."), let kind = PointsEntry.Kind(rawValue: String(type.dropFirst(7)))
            else { throw EventError.unknownKind(type) }
            return .points(try PointsEntry(json, kind: kind))
        }
    }
}

// MARK: - What reading a record needs

extension JSONObject {
    func required(_ key: String) throws -> String {
        guard let text = try string(key) else { throw EventError.malformed("'\(key)' is missing") }
        return text
    }

    func requiredInteger(_ key: String) throws -> Int64 {
        guard let number = try integer(key) else { throw EventError.malformed("'\(key)' is missing") }
        return number
    }

    func timestamp(_ key: String) throws -> Timestamp? {
        try parsed(key) { Timestamp(rfc3339: $0) }
    }

    func requiredTimestamp(_ key: String) throws -> Timestamp {
        guard let timestamp = try timestamp(key) else { throw EventError.malformed("'\(key)' is missing") }
        return timestamp
    }

    func parsed<Value>(_ key: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = try string(key) else { return nil }
        // The value is not repeated: it may be a customer's birthday, and the message may go into a log.
        guard let value = parse(text) else { throw EventError.malformed("'\(key)' holds what it cannot") }
        return value
    }

    func requiredParsed<Value>(_ key: String, _ parse: (String) -> Value?) throws -> Value {
        guard let value = try parsed(key, parse) else { throw EventError.malformed("'\(key)' is missing") }
        return value
    }
}
