/// One JSON object (RFC 8259), checked whole, whose members are decoded when they are asked for.
///
/// Foundation's decoder costs several microseconds an object, more than the whole budget of a record when
/// the index is rebuilt, and takes the first of two equal keys. Here two equal keys are an error, numbers
/// are whole or kept as the text they were written in, and a text that is not UTF-8 is refused when asked for.
package struct JSONObject: Sendable {
    private let bytes: ArraySlice<UInt8>
    private let members: [Member]

    struct Member: Sendable {
        let key: String
        let value: Range<Int>
    }

    /// Reads exactly one object, blanks around it allowed.
    /// - Throws: `JSONError` with the offset in bytes, from the start of the slice.
    package init(_ bytes: ArraySlice<UInt8>) throws(JSONError) {
        members = try JSONScanner.members(of: bytes)
        self.bytes = bytes
    }

    /// The names of the members, in the order written.
    package var keys: [String] { members.map(\.key) }

    /// The value of a member as JSON text; nil where it is absent or `null`.
    package func raw(_ key: String) -> ArraySlice<UInt8>? {
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        // Nothing but null begins with n.
        return bytes[member.value.lowerBound] == UInt8(ascii: "n") ? nil : bytes[member.value]
    }

    /// A text; nil where the member is absent.
    /// - Throws: `JSONError` when it is something else.
    package func string(_ key: String) throws(JSONError) -> String? {
        guard let raw = raw(key) else { return nil }
        guard let text = JSONScanner.string(raw) else {
            throw JSONError(raw.startIndex, "'\(key)' is not a text in UTF-8")
        }
        return text
    }

    /// A whole number in the range of Int64; nil where the member is absent.
    /// - Throws: `JSONError` when it is something else.
    package func integer(_ key: String) throws(JSONError) -> Int64? {
        guard let raw = raw(key) else { return nil }
        guard let number = Int64(String(decoding: raw, as: UTF8.self)) else {
            throw JSONError(raw.startIndex, "'\(key)' is not a whole number")
        }
        return number
    }

    /// A text, or the text of a number, `true` or `false`, as people write values; nil where absent.
    /// - Throws: `JSONError` when it is a list or an object, or a text that is not UTF-8.
    package func scalar(_ key: String) throws(JSONError) -> String? {
        guard let raw = raw(key) else { return nil }
        switch raw.first {
        case UInt8(ascii: "\""): return try string(key)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            throw JSONError(raw.startIndex, "'\(key)' is a list or an object, not one value")
        default: return String(decoding: raw, as: UTF8.self)
        }
    }

    /// The elements of a list as JSON text; empty where the member is absent.
    /// - Throws: `JSONError` when it is no list.
    package func elements(_ key: String) throws(JSONError) -> [ArraySlice<UInt8>] {
        guard let raw = raw(key) else { return [] }
        return try JSONScanner.elements(of: raw).map { raw[$0] }
    }

    /// A list of texts; empty where the member is absent.
    /// - Throws: `JSONError` when it is no list of texts.
    package func strings(_ key: String) throws(JSONError) -> [String] {
        var texts: [String] = []
        for element in try elements(key) {
            guard let text = JSONScanner.string(element) else {
                throw JSONError(element.startIndex, "'\(key)' holds something that is not a text")
            }
            texts.append(text)
        }
        return texts
    }

    /// A list of objects; empty where the member is absent.
    /// - Throws: `JSONError` when it is no list of objects.
    package func objects(_ key: String) throws(JSONError) -> [JSONObject] {
        var objects: [JSONObject] = []
        for element in try elements(key) { objects.append(try JSONObject(element)) }
        return objects
    }

    /// An object of texts; empty where the member is absent, members that are null left out.
    /// - Throws: `JSONError` when it is something else.
    package func texts(_ key: String) throws(JSONError) -> [String: String] {
        try object(key)?.texts() ?? [:]
    }

    /// All members as texts, those that are null left out.
    /// - Throws: `JSONError` when one is something else.
    package func texts() throws(JSONError) -> [String: String] {
        var texts: [String: String] = [:]
        for name in keys { texts[name] = try string(name) }
        return texts
    }

    /// An object within; nil where the member is absent.
    /// - Throws: `JSONError` when it is something else.
    package func object(_ key: String) throws(JSONError) -> JSONObject? {
        guard let raw = raw(key) else { return nil }
        return try JSONObject(raw)
    }
}

/// Why bytes are not the JSON that was expected.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// Where, as the index in the slice that was read.
    package let offset: Int
    /// What is wrong.
    package let message: String

    /// An error at an index of the slice that was read.
    package init(_ offset: Int, _ message: String) {
        (self.offset, self.message) = (offset, message)
    }

    package var description: String { message }
}
