import Model

/// Texts by name in one column, as a JSON object; NULL for none.
enum JSONText {
    static func text(of texts: [String: String]) -> String? {
        if texts.isEmpty { return nil }
        var json = JSONWriter()
        json.write("texts", texts)
        return String(decoding: json.bytes.dropFirst(#"{"texts":"#.utf8.count), as: UTF8.self)
    }

    static func texts(_ text: String?) throws -> [String: String] {
        guard let text else { return [:] }
        return try JSONObject(Array(text.utf8)[...]).texts()
    }
}
