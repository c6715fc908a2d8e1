/// The field that carries a signature (RFC 6376, section 3.5).
struct SignatureField {
    let algorithm: DKIMAlgorithm
    let name: DKIMName
    /// When it was signed, in seconds since 1970; not written unless above 0.
    let seconds: Int64
    let signedNames: [String]
    let bodyHash: [UInt8]

    /// What of the field itself is signed: all but the value of `b=`, without a line break (section 3.7).
    var relaxed: [UInt8] {
        var output: [UInt8] = []
        RelaxedForm.append(field: bytes(signature: []), to: &output)
        return output
    }

    /// The whole field, folded, ended by CRLF.
    func bytes(signature: [UInt8]) -> [UInt8] {
        var writer = FieldWriter()
        writer.raw("DKIM-Signature:".utf8)
        writer.word("v=1;".utf8)
        writer.word("a=\(algorithm.signatureName);".utf8)
        writer.word("c=relaxed/relaxed;".utf8)
        writer.word("d=\(name.domain);".utf8)
        writer.word("s=\(name.selector);".utf8)
        if seconds > 0 { writer.word("t=\(seconds);".utf8) }
        writeNames(to: &writer)
        writer.word(Array("bh=".utf8) + Self.base64(bodyHash) + [.semicolon])
        writer.word("b=".utf8)
        Self.write(base64: Self.base64(signature), to: &writer)
        return writer.bytes + [.carriageReturn, .lineFeed]
    }

    /// `h=` in pieces: a line may be folded after each colon.
    private func writeNames(to writer: inout FieldWriter) {
        for (index, name) in signedNames.enumerated() {
            let isLast = index == signedNames.count - 1
            let piece = Array((index == 0 ? "h=\(name)" : name).utf8) + [isLast ? .semicolon : .colon]
            if index == 0 {
                writer.separate(width: piece.count)
            } else if writer.column + piece.count > FieldWriter.foldingWidth {
                writer.fold()
            }
            writer.raw(piece)
        }
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        Base64.append(bytes, to: &output)
        return output
    }

    /// Fills each line up to the width; blanks inside `b=` count for nothing.
    private static func write(base64: [UInt8], to writer: inout FieldWriter) {
        var rest = base64[...]
        while !rest.isEmpty {
            if writer.column >= FieldWriter.foldingWidth { writer.fold() }
            let piece = rest.prefix(FieldWriter.foldingWidth - writer.column)
            writer.raw(piece)
            rest = rest.dropFirst(piece.count)
        }
    }
}
