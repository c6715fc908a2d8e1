/// What delivery reports and complaints have in common: groups of fields, and the message they are about.
enum ReportFields {
    /// Groups of fields between empty lines (RFC 3464, section 2.1). At most 1000 are read.
    static func groups(of body: [UInt8]) -> [ParsedHeaders] {
        var result: [ParsedHeaders] = []
        let reader = MessageReader(limits: ParsedMessage.Limits())
        var rest = body[...]
        while !rest.isEmpty, result.count < 1000 {
            let before = rest.count
            let (fields, after) = reader.header(of: rest)
            if !fields.fields.isEmpty { result.append(fields) }
            // A line that is no field would be found again and again.
            rest = after.count < before ? after : after.dropFirst(lineLength(after))
        }
        return result
    }

    /// A value without the type in front of it, `rfc822;` or `dns;`.
    static func value(_ fields: ParsedHeaders, _ name: String) -> String? {
        guard let text = fields.text(name) else { return nil }
        let types = ["rfc822", "utf-8", "dns", "smtp", "x-", "unknown"]
        guard let semicolon = text.utf8.firstIndex(of: .semicolon) else { return text }
        let type = text[..<semicolon].utf8
        guard types.contains(where: { type.prefix($0.utf8.count).equalsIgnoringCase($0) }) else {
            return text
        }
        return String(text[text.utf8.index(after: semicolon)...]).trimmingBlanks
    }

    /// The header of the returned message, whole or alone.
    static func original(in message: ParsedMessage) -> ParsedHeaders? {
        for part in message.root.own {
            if part.type == "message/rfc822" { return part.parts.first?.headers }
            if part.type == "text/rfc822-headers" { return groups(of: part.body).first }
        }
        return nil
    }

    private static func lineLength(_ bytes: ArraySlice<UInt8>) -> Int {
        (bytes.firstIndex(of: .lineFeed) ?? bytes.endIndex - 1) - bytes.startIndex + 1
    }
}
