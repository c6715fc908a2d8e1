/// Takes a message apart within limits (RFC 5322, RFC 2046), bearing with everything.
///
/// Each level of parts goes once over its bytes, so the work is at most depth times size.
struct MessageReader {
    private let limits: ParsedMessage.Limits
    private var partsLeft: Int

    init(limits: ParsedMessage.Limits) {
        self.limits = limits
        partsLeft = limits.parts
    }

    mutating func message(_ bytes: [UInt8]) -> ParsedPart {
        part(bytes[...], depth: 0, defaultType: "text/plain")
    }

    private mutating func part(_ bytes: ArraySlice<UInt8>, depth: Int, defaultType: String) -> ParsedPart {
        partsLeft -= 1
        let (headers, content) = header(of: bytes)
        let contentType = headers["Content-Type"].map { ParameterReader($0.bytes) }
        let disposition = headers["Content-Disposition"].map { ParameterReader($0.bytes) }
        let type = contentType.map(\.value).flatMap { $0.contains("/") ? $0 : nil } ?? defaultType
        let isMultipart = type.hasPrefix("multipart/")
        let body = isMultipart ? Array(content) : Self.decoded(content, headers["Content-Transfer-Encoding"])

        var parts: [ParsedPart] = []
        if depth < limits.depth, partsLeft > 0 {
            if isMultipart, let boundary = contentType?.parameters["boundary"], !boundary.isEmpty {
                let childType = type == "multipart/digest" ? "message/rfc822" : "text/plain"
                parts = several(content, boundary: boundary, depth: depth, defaultType: childType)
            } else if type == "message/rfc822" {
                parts = [part(body[...], depth: depth + 1, defaultType: "text/plain")]
            }
        }
        return ParsedPart(
            headers: headers, type: type, parameters: contentType?.parameters ?? [:],
            disposition: disposition?.value,
            filename: disposition?.parameters["filename"] ?? contentType?.parameters["name"], body: body,
            parts: parts)
    }

    // MARK: Header

    /// Reads fields up to the empty line, or up to a line that is none: there the body starts.
    func header(of bytes: ArraySlice<UInt8>) -> (ParsedHeaders, ArraySlice<UInt8>) {
        var headers = ParsedHeaders()
        var rest = bytes
        // Mailbox files put a line of their own in front.
        if rest.starts(with: "From ".utf8) { _ = Self.takeLine(&rest) }
        while !rest.isEmpty {
            let before = rest
            var line = Self.takeLine(&rest)
            if line.isEmpty { return (headers, rest) }
            guard let colon = line.firstIndex(of: .colon), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0.isBlank }),
                !line[line.startIndex].isBlank
            else { return (headers, before) }
            let name = String(decoding: line[..<colon], as: UTF8.self).trimmingBlanks
            line = line[(colon + 1)...]
            var value = Array(line)
            while let next = rest.first, next.isBlank {
                let folded = Self.takeLine(&rest)
                if folded.allSatisfy(\.isBlank) { break }
                value += folded
            }
            guard headers.fields.count < limits.fields else { continue }
            headers.fields.append(ParsedHeaders.Field(name: name, bytes: Self.trimmed(value)))
        }
        return (headers, rest)
    }

    /// Takes a line off the front and returns it without its break.
    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let end = rest.firstIndex(of: .lineFeed) else {
            defer { rest = rest[rest.endIndex...] }
            return rest
        }
        let line = rest[..<end]
        rest = rest[(end + 1)...]
        return line.last == .carriageReturn ? line.dropLast() : line
    }

    private static func trimmed(_ value: [UInt8]) -> [UInt8] {
        guard let first = value.firstIndex(where: { !$0.isBlank }),
            let last = value.lastIndex(where: { !$0.isBlank })
        else { return [] }
        return Array(value[first...last])
    }

    // MARK: Body

    private static func decoded(_ content: ArraySlice<UInt8>, _ encoding: ParsedHeaders.Field?) -> [UInt8] {
        switch encoding.map({ ParameterReader($0.bytes).value }) {
        case "base64": Base64.decode(content)
        case "quoted-printable": QuotedPrintable.decode(content)
        default: Array(content)
        }
    }

    /// The parts between the lines of a boundary. What is before the first or behind the last is dropped;
    /// without a last line the last part goes on to the end.
    private mutating func several(
        _ content: ArraySlice<UInt8>, boundary: String, depth: Int, defaultType: String
    ) -> [ParsedPart] {
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [ParsedPart] = []
        var partStart: Int?
        var rest = content
        while !rest.isEmpty {
            let lineStart = rest.startIndex
            let line = Self.takeLine(&rest)
            guard line.starts(with: delimiter) else { continue }
            let tail = line.dropFirst(delimiter.count)
            let isLast = tail.starts(with: "--".utf8)
            guard isLast || tail.allSatisfy(\.isBlank) else { continue }
            if let start = partStart {
                guard partsLeft > 0 else { return parts }
                let end = Self.withoutBreak(content, start, lineStart)
                parts.append(part(content[start..<end], depth: depth + 1, defaultType: defaultType))
            }
            partStart = isLast ? nil : rest.startIndex
            if isLast { break }
        }
        if let start = partStart, partsLeft > 0 {
            parts.append(part(content[start...], depth: depth + 1, defaultType: defaultType))
        }
        return parts
    }

    /// The end of a part: the line break before a boundary belongs to the boundary.
    private static func withoutBreak(_ content: ArraySlice<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        if end > start, content[end - 1] == .lineFeed { end -= 1 }
        if end > start, content[end - 1] == .carriageReturn { end -= 1 }
        return end
    }
}
