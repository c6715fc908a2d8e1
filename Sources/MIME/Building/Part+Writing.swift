/// Writes a part: its fields, an empty line, its body.
extension Part {
    /// - Parameters:
    ///   - fields: The fields written so far, of the message for its outermost part.
    ///   - output: Where the part goes.
    ///   - boundaries: Where a part of several takes its boundary from.
    func write(
        after fields: FieldWriter, to output: inout [UInt8], boundaries: inout Boundaries
    ) throws(HeaderError) {
        switch content {
        case .text(let bytes, let encoding):
            output += try self.fields(after: fields, encoding: encoding.name).bytes
            output.appendLineBreak()
            encoding.append(bytes, to: &output)
        case .file(let encoded):
            output += try self.fields(after: fields, encoding: "base64").bytes
            output.appendLineBreak()
            output += encoded
        case .several(let parts):
            let boundary = boundaries.next()
            output += try multipartFields(after: fields, boundary: boundary, root: parts.first?.type).bytes
            output.appendLineBreak()
            for (index, part) in parts.enumerated() {
                // The empty line that ends the fields is the line break of the first boundary.
                if index > 0 { output.appendLineBreak() }
                Self.delimiter(boundary, end: false, to: &output)
                try part.write(after: FieldWriter(), to: &output, boundaries: &boundaries)
            }
            output.appendLineBreak()
            Self.delimiter(boundary, end: true, to: &output)
        }
    }

    private func fields(after fields: FieldWriter, encoding: String) throws(HeaderError) -> FieldWriter {
        var fields = fields
        try fields.field("Content-Type") { writer throws(HeaderError) in
            writer.word(type.description.utf8)
            if case .text = content { writer.parameter("charset", "utf-8") }
        }
        try fields.field("Content-Transfer-Encoding") { writer throws(HeaderError) in
            writer.word(encoding.utf8)
        }
        if isAttachment || filename != nil || contentID != nil {
            try fields.field("Content-Disposition") { writer throws(HeaderError) in
                writer.word((isAttachment ? "attachment" : "inline").utf8)
                if let filename { writer.parameter("filename", filename) }
            }
        }
        if let contentID {
            try fields.field("Content-ID") { writer throws(HeaderError) in writer.word("<\(contentID)>".utf8)
            }
        }
        return fields
    }

    private func multipartFields(
        after fields: FieldWriter, boundary: String, root: MediaType?
    ) throws(HeaderError) -> FieldWriter {
        var fields = fields
        try fields.field("Content-Type") { writer throws(HeaderError) in
            writer.word(type.description.utf8)
            // RFC 2387, section 3.1: `related` says what its root is.
            if type.subtype == "related", let root { writer.parameter("type", root.description) }
            writer.parameter("boundary", boundary)
        }
        return fields
    }

    private static func delimiter(_ boundary: String, end: Bool, to output: inout [UInt8]) {
        output.append(ascii: "--")
        output.append(contentsOf: boundary.utf8)
        if end { output.append(ascii: "--") }
        output.appendLineBreak()
    }
}
