import Model

/// Reads the rows of a file of clicks and opened mails.
struct EngagementParser: RowParser {
    private var times: LocalTimes

    init(_ options: ImportOptions) {
        times = LocalTimes(options.zone)
    }

    static func requireColumns(of file: Intake<EngagementColumn>) throws(ImportError) {
        try file.require(.at)
        try file.require(.customer, or: .email)
        try file.require(.run, or: .campaign)
    }

    mutating func read(_ record: Record, _ layout: ColumnLayout<EngagementColumn>) throws(RowFault)
        -> EngagementDraft
    {
        var customer = NamedCustomer()
        var (id, run, campaign, url): (String?, String?, String?, String?) = (nil, nil, nil, nil)
        var kind = Engagement.Kind.clicked
        var occurred: Timestamp?
        try record.forEachValue(layout) { column, text, _ throws(ValueFault) in
            if text.isEmpty { return }
            switch column {
            case .id: id = try CustomerParser.identifier(text)
            case .customer: customer.id = CustomerID(try CustomerParser.identifier(text))
            case .email: customer.addressKey = try CustomerParser.address(text).key
            case .at: occurred = try times.instant(text)
            case .run: run = try CustomerParser.identifier(text)
            case .campaign: campaign = try CustomerParser.identifier(text)
            case .url: url = try Links.url(text)
            case .kind: kind = try Self.kind(text)
            }
        }
        if customer.isNobody {
            throw RowFault("The row has neither customer nor email; say whose click it is.")
        }
        guard let mail = run.map({ .run(RunID($0)) }) ?? campaign.map(NamedMail.lastOf) else {
            throw RowFault("The row has neither run nor campaign; say which mail it was.")
        }
        guard let occurred else { throw RowFault("The row has no 'at'; say when it was.") }
        return EngagementDraft(
            id: id, customer: customer, mail: mail, kind: kind, url: kind == .clicked ? url : nil,
            occurred: occurred)
    }

    private static func kind(_ text: String) throws(ValueFault) -> Engagement.Kind {
        guard let kind = Engagement.Kind(rawValue: text) else {
            throw ValueFault(
                "The value '\(text.shortened)' is nothing that is done with a mail; write clicked or opened.")
        }
        return kind
    }
}
