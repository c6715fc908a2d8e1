/// Which fields of a message a signature covers, and where its body starts.
struct SignedFields {
    /// What `h=` lists, in lower case: each field once more than it is there, so that another one, added in
    /// front of the first, breaks the signature (RFC 6376, section 8.15).
    private(set) var names: [String] = []
    /// The fields in relaxed form in the order of `names`, each ended by CRLF.
    private(set) var relaxed: [UInt8] = []
    /// The body with all its lines.
    let body: ArraySlice<UInt8>

    /// Fields that are listed even where they are missing, since a reader would show or obey a forged one.
    private static let always = [
        "from", "subject", "date", "to", "message-id", "reply-to", "mime-version", "content-type",
    ]
    /// Further fields that are signed when they are there, beside all `Content-` and `List-` ones. Gmail
    /// counts complaints by a `Feedback-ID` only when it is signed.
    private static let others: Set<String> = ["sender", "cc", "in-reply-to", "references", "feedback-id"]

    /// - Returns: nil for a message without `From`, which cannot be signed (RFC 6376, section 5.4).
    init?(of message: FinalBytes) {
        let (fields, bodyStart) = Self.fields(of: message.bytes)
        body = message.bytes[bodyStart...]
        var unsigned: [String: [ArraySlice<UInt8>]] = [:]
        for field in fields { unsigned[field.name, default: []].append(field.bytes) }
        guard unsigned["from"] != nil else { return nil }

        var signed = Self.always
        for field in fields where Self.isSigned(field.name) && !signed.contains(field.name) {
            signed.append(field.name)
        }
        for name in signed { names += Array(repeating: name, count: (unsigned[name]?.count ?? 0) + 1) }
        // Of fields with one name the last is signed first; a name that is left over stands for no field
        // (RFC 6376, section 5.4.2).
        for name in names {
            guard let field = unsigned[name]?.popLast() else { continue }
            RelaxedForm.append(field: field, to: &relaxed)
            relaxed.appendLineBreak()
        }
    }

    private static func isSigned(_ name: String) -> Bool {
        others.contains(name) || name.hasPrefix("content-") || name.hasPrefix("list-")
    }

    /// The fields in their order, and the index at which the body starts.
    private static func fields(
        of bytes: [UInt8]
    ) -> (fields: [(name: String, bytes: ArraySlice<UInt8>)], bodyStart: Int) {
        var fields: [(name: String, bytes: ArraySlice<UInt8>)] = []
        var start = 0
        while start < bytes.count, bytes[start] != .carriageReturn {
            var end = start
            repeat {
                end = (bytes[end...].firstIndex(of: .lineFeed) ?? bytes.count - 1) + 1
            } while end < bytes.count && bytes[end].isBlank
            let field = bytes[start..<end]
            let name = String(decoding: field.prefix { $0 != .colon }, as: UTF8.self)
            fields.append((name.lowercasedASCII, field))
            start = end
        }
        return (fields, min(start + 2, bytes.count))
    }
}
