/// Cuts a template's source into text, outputs and tags, and trims text as `{%-` and `-%}` ask for.
///
/// Inside `{% liquid %}` the same elements come line by line, so that the parser needs to know only one way.
struct Scanner {
    enum Element {
        case text(Range<Int>)
        case output(Range<Int>)
        case tag(Tag)
        case end
    }

    struct Tag {
        let name: String
        /// Where the name starts.
        let offset: Int
        let markup: Range<Int>
    }

    let source: [UInt8]
    private(set) var position: Int
    private let end: Int
    private let byLine: Bool
    private var trimsNext = false

    init(_ source: [UInt8]) {
        self.source = source
        position = 0
        end = source.count
        byLine = false
    }

    /// The lines of a `liquid` tag's markup.
    init(_ source: [UInt8], lines: Range<Int>) {
        self.source = source
        position = lines.lowerBound
        end = lines.upperBound
        byLine = true
    }

    mutating func next() throws -> Element {
        byLine ? try nextLine() : try nextElement()
    }

    private mutating func nextElement() throws -> Element {
        let open = nextOpening(from: position) ?? end
        var text = position..<open
        position = open
        if trimsNext { text = text.lowerBound + leadingSpace(text)..<text.upperBound }
        trimsNext = false
        if open < end, byte(open + 2) == Byte.dash {
            while let last = text.last, source[last].isSpace || source[last] == 0 { text.removeLast() }
        }
        if !text.isEmpty { return .text(text) }
        if open == end { return .end }
        return source[open + 1] == Byte.percent ? .tag(try tag(at: open)) : .output(try output(at: open))
    }

    private mutating func output(at open: Int) throws -> Range<Int> {
        guard let close = find(Byte.close, Byte.close, from: open + 2) else {
            throw Failure.syntax("this '{{' is never closed with '}}'", at: open)
        }
        return inside(open, close)
    }

    private mutating func tag(at open: Int) throws -> Tag {
        guard let close = find(Byte.percent, Byte.close, from: open + 2) else {
            throw Failure.syntax("this '{%' is never closed with '%}'", at: open)
        }
        return try tag(in: inside(open, close), at: open)
    }

    /// The markup between two delimiters, without the dashes that trim. Goes on behind the closing delimiter.
    private mutating func inside(_ open: Int, _ close: Int) -> Range<Int> {
        position = close + 2
        trimsNext = source[close - 1] == Byte.dash
        let start = open + (source[open + 2] == Byte.dash ? 3 : 2)
        return start..<max(start, trimsNext ? close - 1 : close)
    }

    private func tag(in content: Range<Int>, at open: Int) throws -> Tag {
        let markup = trimmed(content)
        var nameEnd = markup.lowerBound
        if nameEnd < markup.upperBound, source[nameEnd] == Byte.hash {
            nameEnd += 1
        } else {
            while nameEnd < markup.upperBound, source[nameEnd].isWordByte { nameEnd += 1 }
        }
        guard nameEnd > markup.lowerBound else { throw Failure.syntax("a tag needs a name", at: open) }
        let name = String(decoding: source[markup.lowerBound..<nameEnd], as: UTF8.self)
        return Tag(name: name, offset: markup.lowerBound, markup: trimmed(nameEnd..<markup.upperBound))
    }

    private mutating func nextLine() throws -> Element {
        while position < end {
            let lineEnd = source[position..<end].firstIndex(of: Byte.newline) ?? end
            let line = trimmed(position..<lineEnd)
            position = min(lineEnd + 1, end)
            if !line.isEmpty { return .tag(try tag(in: line, at: line.lowerBound)) }
        }
        return .end
    }

    // MARK: Blocks whose content is not a template

    /// Goes to the end of a comment. Comments nest, and `raw` inside hides what it holds.
    mutating func skipComment(from tag: Tag) throws {
        var depth = 1
        while depth > 0 {
            let name = byLine ? try commentedLine() : try commentedTag()
            switch name {
            case "comment": depth += 1
            case "endcomment": depth -= 1
            case "raw" where !byLine:
                _ = try verbatim(until: "endraw", of: Tag(name: "raw", offset: position, markup: 0..<0))
            case nil: throw Failure.syntax("this 'comment' is never closed with 'endcomment'", at: tag.offset)
            default: break
            }
        }
    }

    /// The name of the next tag; empty for whatever else stands in a comment, nil at the end.
    private mutating func commentedTag() throws -> String? {
        while let open = nextOpening(from: position) {
            if source[open + 1] == Byte.open {
                position = outputEnd(from: open + 2)
                continue
            }
            guard let close = find(Byte.percent, Byte.close, from: open + 2) else { break }
            let content = inside(open, close)
            if let tag = try? tag(in: content, at: open) { return tag.name }
        }
        position = end
        return nil
    }

    /// Behind an output that is not read. A tag that starts before the output is closed ends it instead.
    private func outputEnd(from start: Int) -> Int {
        var index = start
        while index + 1 < end {
            switch (source[index], source[index + 1]) {
            case (Byte.close, Byte.close): return index + 2
            case (Byte.open, Byte.percent):
                return find(Byte.percent, Byte.close, from: index).map { $0 + 2 } ?? end
            default: index += 1
            }
        }
        return end
    }

    private mutating func commentedLine() throws -> String? {
        while position < end {
            let lineEnd = source[position..<end].firstIndex(of: Byte.newline) ?? end
            let line = trimmed(position..<lineEnd)
            position = min(lineEnd + 1, end)
            if let tag = try? tag(in: line, at: line.lowerBound) { return tag.name }
        }
        return nil
    }

    /// What stands before the closing tag, exactly as it is.
    mutating func verbatim(until closing: String, of tag: Tag) throws -> Range<Int> {
        let name = Array(closing.utf8)
        var start = position
        if trimsNext { start += leadingSpace(position..<end) }
        var search = position
        while !byLine, let open = find(Byte.open, Byte.percent, from: search) {
            search = open + 1
            let place = tagName(after: open)
            guard source[place..<end].starts(with: name), byte(place + name.count)?.isWordByte != true else {
                continue
            }
            guard let close = find(Byte.percent, Byte.close, from: place + name.count) else { break }
            _ = inside(open, close)
            var text = min(start, open)..<open
            if source[open + 2] == Byte.dash {
                while let last = text.last, source[last].isSpace { text.removeLast() }
            }
            return text
        }
        throw Failure.syntax("this '\(tag.name)' is never closed with '\(closing)'", at: tag.offset)
    }

    /// Where a tag of this name stands in what is not read as a template.
    func firstTag(_ name: String, in range: Range<Int>) -> Int? {
        let name = Array(name.utf8)
        var search = range.lowerBound
        while let open = find(Byte.open, Byte.percent, from: search), open < range.upperBound {
            let start = tagName(after: open)
            if source[start...].starts(with: name), byte(start + name.count)?.isWordByte != true {
                return open
            }
            search = open + 2
        }
        return nil
    }

    /// Where the name of the tag that opens here starts.
    private func tagName(after open: Int) -> Int {
        let start = open + (byte(open + 2) == Byte.dash ? 3 : 2)
        return min(end, start + leadingSpace(min(start, end)..<end))
    }

    // MARK: Bytes

    private func byte(_ index: Int) -> UInt8? { index < end ? source[index] : nil }

    /// The next `{{` or `{%`.
    private func nextOpening(from start: Int) -> Int? {
        var index = start
        while index + 1 < end {
            if source[index] == Byte.open, source[index + 1] == Byte.open || source[index + 1] == Byte.percent
            {
                return index
            }
            index += 1
        }
        return nil
    }

    private func find(_ first: UInt8, _ second: UInt8, from start: Int) -> Int? {
        var index = start
        while index + 1 < end {
            if source[index] == first, source[index + 1] == second { return index }
            index += 1
        }
        return nil
    }

    private func leadingSpace(_ range: Range<Int>) -> Int {
        source[range].prefix { $0.isSpace || $0 == 0 }.count
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, source[first].isSpace { range.removeFirst() }
        while let last = range.last, source[last].isSpace { range.removeLast() }
        return range
    }
}

/// The bytes that have a meaning of their own in a template.
enum Byte {
    static let open = UInt8(ascii: "{")
    static let close = UInt8(ascii: "}")
    static let percent = UInt8(ascii: "%")
    static let dash = UInt8(ascii: "-")
    static let hash = UInt8(ascii: "#")
    static let newline = UInt8(ascii: "\n")
    static let quote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let dot = UInt8(ascii: ".")
}
