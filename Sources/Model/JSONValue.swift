/// Any JSON value (RFC 8259), read whole: for data that people hand over, such as a template's.
package enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A number as it was written, so that nothing of it is lost.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order written.
    case object([Member])

    /// A named value.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSONValue
    }

    /// Reads one object with everything in it.
    /// - Throws: `JSONError` with the offset in bytes.
    package init(object bytes: ArraySlice<UInt8>) throws(JSONError) {
        self = try Self.tree(of: JSONObject(bytes))
    }

    private static func tree(of object: JSONObject) throws(JSONError) -> JSONValue {
        var members: [Member] = []
        for key in object.keys {
            members.append(Member(name: key, value: try object.raw(key).map(Self.tree) ?? .null))
        }
        return .object(members)
    }

    private static func tree(of raw: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
        switch raw.first {
        case UInt8(ascii: "{"): return try tree(of: JSONObject(raw))
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            for range in try JSONScanner.elements(of: raw) { elements.append(try tree(of: raw[range])) }
            return .array(elements)
        case UInt8(ascii: "\""):
            guard let text = JSONScanner.string(raw) else {
                throw JSONError(raw.startIndex, "this is no text in UTF-8")
            }
            return .string(text)
        case UInt8(ascii: "t"): return .boolean(true)
        case UInt8(ascii: "f"): return .boolean(false)
        case UInt8(ascii: "n"): return .null
        default: return .number(String(decoding: raw, as: UTF8.self))
        }
    }
}
