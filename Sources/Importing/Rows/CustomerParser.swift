import MIME
import Model

/// Reads the values of a customer's columns.
struct CustomerParser {
    private var times: LocalTimes
    private var places = Places()
    private let currency: Currency?

    init(_ options: ImportOptions) {
        times = LocalTimes(options.zone)
        currency = options.currency
    }

    /// Takes one value into a draft.
    /// - Throws: `ValueFault` when the value is not what the column holds.
    mutating func read(_ column: CustomerColumn, _ text: String, into draft: inout CustomerDraft)
        throws(ValueFault)
    {
        switch column {
        case .attribute(let name): draft.values.attributes[name] = text
        case .field(let field):
            draft.fields.insert(field)
            if !text.isEmpty {
                try read(field, text, into: &draft)
            } else if field == .email {
                throw ValueFault("The address is empty; write it as name@domain.")
            }
        }
    }

    private mutating func read(_ field: CustomerField, _ text: String, into draft: inout CustomerDraft)
        throws(ValueFault)
    {
        switch field {
        case .id: draft.values.id = CustomerID(try Self.identifier(text))
        case .email:
            let address = try Self.address(text)
            draft.values.email = address.text
            draft.addressKey = address.key
        case .firstName: draft.values.firstName = text
        case .lastName: draft.values.lastName = text
        case .phone: draft.values.phone = text
        case .locale: draft.values.locale = try places.locale(text)
        case .timezone: draft.values.timezone = try places.timezone(text)
        case .country: draft.values.country = try places.country(text)
        case .city: draft.values.city = text
        case .birthday: draft.values.birthday = try Self.birthday(text)
        case .gender: draft.values.gender = text
        case .tags: draft.values.tags = Self.tags(text)
        case .channel: draft.values.channel = text
        case .acquisitionCost: draft.values.acquisitionCost = try Amounts.money(text, currency)
        case .joined: draft.values.joined = try times.instant(text)
        case .consent: draft.consent = try Self.consent(text)
        }
    }

    /// A text that names something in every store.
    static func identifier(_ text: String) throws(ValueFault) -> String {
        guard text.utf8.count <= ReadingLimits.identifier else {
            throw ValueFault(
                "The identifier has \(text.utf8.count) bytes; at most \(ReadingLimits.identifier) are allowed."
            )
        }
        return text
    }

    static func address(_ text: String) throws(ValueFault) -> EmailAddress {
        do {
            return try EmailAddress(text)
        } catch {
            throw ValueFault(error.description)
        }
    }

    private static func birthday(_ text: String) throws(ValueFault) -> CalendarDate {
        guard let date = CalendarDate(text) else {
            throw ValueFault(
                "The value '\(text.shortened)' is no day of the calendar; write it as 1990-12-31.")
        }
        return date
    }

    /// Words between `|`, blanks around them dropped, each once.
    private static func tags(_ text: String) -> [String] {
        var tags: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: "|")) {
            guard let first = part.firstIndex(where: { $0 != .blank }),
                let last = part.lastIndex(where: { $0 != .blank })
            else { continue }
            let tag = String(decoding: part[first...last], as: UTF8.self)
            if !tags.contains(tag) { tags.append(tag) }
        }
        return tags
    }

    private static func consent(_ text: String) throws(ValueFault) -> Consent {
        guard let consent = Consent(rawValue: text) else {
            throw ValueFault(
                "The value '\(text.shortened)' is no consent; write subscribed, unsubscribed or pending.")
        }
        return consent
    }
}
