extension Filter {
    /// Filters that work on text. Those marked as keeping markup cannot break it: what they add is escaped, and they
    /// take nothing away but white space or whole tags.
    static let text: [Filter] = [
        Filter("upcase") { input, _, _ in .string(input.text.uppercased()) },
        Filter("downcase") { input, _, _ in .string(input.text.lowercased()) },
        Filter("capitalize") { input, _, _ in
            let text = input.text
            let first = text.unicodeScalars.prefix(1)
            return .string(String(first).uppercased() + String(text.unicodeScalars.dropFirst()).lowercased())
        },
        Filter("strip") { input, _, _ in input.mapText { $0.stripped(left: true, right: true) } },
        Filter("lstrip") { input, _, _ in input.mapText { $0.stripped(left: true, right: false) } },
        Filter("rstrip") { input, _, _ in input.mapText { $0.stripped(left: false, right: true) } },
        Filter("strip_newlines") { input, _, _ in input.mapText { $0.replacingLineBreaks(with: "") } },
        Filter("strip_html") { input, _, _ in input.mapText { $0.strippingHTML() } },
        Filter("newline_to_br") { input, _, context in
            context.markup(context.escaped(input).replacingLineBreaks(with: "<br />\n"))
        },
        Filter("append", arity: 1...1) { input, arguments, context in joined(input, arguments[0], context) },
        Filter("prepend", arity: 1...1) { input, arguments, context in joined(arguments[0], input, context) },
        Filter("replace", arity: 1...2) { input, arguments, context in
            .string(try input.text.replacing(.all, arguments[0].text, with: arguments[1].text, &context))
        },
        Filter("replace_first", arity: 1...2) { input, arguments, context in
            .string(try input.text.replacing(.first, arguments[0].text, with: arguments[1].text, &context))
        },
        Filter("replace_last", arity: 2...2) { input, arguments, context in
            .string(try input.text.replacing(.last, arguments[0].text, with: arguments[1].text, &context))
        },
        Filter("remove", arity: 1...1) { input, arguments, context in
            .string(try input.text.replacing(.all, arguments[0].text, with: "", &context))
        },
        Filter("remove_first", arity: 1...1) { input, arguments, context in
            .string(try input.text.replacing(.first, arguments[0].text, with: "", &context))
        },
        Filter("remove_last", arity: 1...1) { input, arguments, context in
            .string(try input.text.replacing(.last, arguments[0].text, with: "", &context))
        },
        Filter("truncate", arity: 0...2) { input, arguments, _ in
            if input.isNull { return .null }
            let length = arguments.count > 0 ? try Number.integer(arguments[0]) : 50
            return .string(
                input.text.truncated(to: length, ending: arguments.count > 1 ? arguments[1].text : "..."))
        },
        Filter("truncatewords", arity: 0...2) { input, arguments, _ in
            if input.isNull { return .null }
            let words = arguments.count > 0 ? try Number.integer(arguments[0]) : 15
            return .string(
                input.text.truncated(toWords: words, ending: arguments.count > 1 ? arguments[1].text : "..."))
        },
        Filter("split", arity: 1...1) { input, arguments, context in
            try context.spend(input.text.utf8.count)
            return .array(input.text.split(by: arguments[0].text).map(Value.string))
        },
    ]

    /// Text beside markup is escaped, so that the result is markup.
    private static func joined(_ left: Value, _ right: Value, _ context: FilterContext) -> Value {
        guard left.isMarkup || right.isMarkup else { return .string(left.text + right.text) }
        return context.markup(context.escaped(left) + context.escaped(right))
    }
}

extension Value {
    /// Changed text, which stays markup if it was.
    fileprivate func mapText(_ change: (String) -> String) -> Value {
        isMarkup ? .markup(change(text)) : .string(change(text))
    }
}

extension String {
    fileprivate func stripped(left: Bool, right: Bool) -> String {
        var bytes = Substring(self).utf8
        if left { while let first = bytes.first, first.isSpace || first == 0 { bytes.removeFirst() } }
        if right { while let last = bytes.last, last.isSpace || last == 0 { bytes.removeLast() } }
        return String(Substring(bytes))
    }

    /// Line feeds, with a carriage return before them if there is one.
    fileprivate func replacingLineBreaks(with replacement: String) -> String {
        guard utf8.contains(Byte.newline) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            guard byte == Byte.newline else {
                bytes.append(byte)
                continue
            }
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes += Array(replacement.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate enum Occurrence { case first, last, all }

    fileprivate func replacing(
        _ occurrence: Occurrence, _ needle: String, with replacement: String, _ context: inout FilterContext
    ) throws -> String {
        let text = Array(utf8)
        let search = Search(needle)
        let places: [Int] =
            switch occurrence {
            case .first: search.first(in: text).map { [$0] } ?? []
            case .last:
                (needle.isEmpty ? text.count : search.places(in: text, overlapping: true).last).map { [$0] }
                    ?? []
            case .all: needle.isEmpty ? characterStarts(of: text) : search.places(in: text)
            }
        if places.isEmpty { return self }
        let insert = Array(replacement.utf8)
        try context.budget.make(bytes: text.count + places.count.multipliedClamped(by: insert.count))
        var result: [UInt8] = []
        var end = 0
        for place in places {
            result += text[end..<place]
            result += insert
            end = place + search.needle.count
        }
        result += text[end...]
        return String(decoding: result, as: UTF8.self)
    }

    /// Where an empty needle is found: before each character and at the end.
    private func characterStarts(of text: [UInt8]) -> [Int] {
        text.indices.filter { text[$0] & 0xc0 != 0x80 } + [text.count]
    }

    fileprivate func truncated(to length: Int, ending: String) -> String {
        let characters = unicodeScalars
        guard characters.count > length else { return self }
        let kept = max(0, length.subtractingReportingOverflow(ending.unicodeScalars.count).partialValue)
        return String(characters.prefix(kept)) + ending
    }

    /// White space after the last word wanted counts as more to come, as in the reference implementation.
    fileprivate func truncated(toWords count: Int, ending: String) -> String {
        let count = max(1, count)
        let words = utf8.split(maxSplits: count, whereSeparator: \.isSpace)
        guard words.count > count || (words.count == count && utf8.last?.isSpace == true) else { return self }
        return words.prefix(count).map { String(Substring($0)) }.joined(separator: " ") + ending
    }

    /// By white space for a space, into characters for nothing; empty parts at the end are dropped.
    fileprivate func split(by separator: String) -> [String] {
        if separator == " " { return utf8.split(whereSeparator: \.isSpace).map { String(Substring($0)) } }
        if separator.isEmpty { return unicodeScalars.map(String.init) }
        let text = Array(utf8)
        let search = Search(separator)
        var parts: [String] = []
        var start = 0
        for place in search.places(in: text) {
            parts.append(String(decoding: text[start..<place], as: UTF8.self))
            start = place + search.needle.count
        }
        parts.append(String(decoding: text[start...], as: UTF8.self))
        while parts.last?.isEmpty == true { parts.removeLast() }
        return parts
    }

    /// Without scripts, styles and comments, then without tags.
    fileprivate func strippingHTML() -> String {
        let blocks = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")]
        let text = Array(utf8).removing(blocks).removing([("<", ">")])
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Without what stands between these pairs of delimiters, from left to right.
    fileprivate func removing(_ blocks: [(open: String, close: String)]) -> [UInt8] {
        var blocks = blocks.map { (open: Array($0.open.utf8), close: Search($0.close)) }
        var result: [UInt8] = []
        var index = 0
        while index < count {
            guard self[index] == UInt8(ascii: "<"),
                let block = blocks.firstIndex(where: { self[index...].starts(with: $0.open) })
            else {
                result.append(self[index])
                index += 1
                continue
            }
            if let close = blocks[block].close.first(in: self, from: index + blocks[block].open.count) {
                index = close + blocks[block].close.needle.count
            } else {
                // What is not closed after here is not closed after any later place either.
                blocks.remove(at: block)
            }
        }
        return result
    }
}

extension Int {
    /// The product, or the largest number there is.
    fileprivate func multipliedClamped(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max / 2 : product
    }
}
