// Compiled together with the sources of MIME, but for those that import cryptography; see the script `run`
// beside it.

/// Gives whatever comes to everything in MIME that takes data from outside: libFuzzer finds traps, hangs and
/// memory faults, and the promises below are held to.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let text = String(decoding: input, as: UTF8.self)
    MIMEFuzz.read(input)
    MIMEFuzz.parseAddresses(text)
    MIMEFuzz.write(text)
    MIMEFuzz.encode(input)
    MIMEFuzz.sign(input, text)
    return 0
}

enum MIMEFuzz {
    private static func require(_ condition: Bool, _ promise: String) {
        if !condition { fatalError("Broken promise: \(promise)") }
    }

    static func read(_ input: [UInt8]) {
        let message = ParsedMessage(input)
        _ = (message.subject, message.from, message.to, message.text, message.html, message.attachments)
        _ = (message.headers.date, message.headers.messageID, message.part(contentID: "a@b"))
        for part in message.root.all { _ = (part.text, part.contentID, part.filename, part.parameters) }
        if let report = DeliveryReport(message) { _ = (report.recipients, report.original?.messageID) }
        if let complaint = Complaint(message) { _ = (complaint.kind, complaint.original?.messageID) }
        _ = EnhancedStatus(in: String(decoding: input, as: UTF8.self))
    }

    static func parseAddresses(_ text: String) {
        for smtputf8 in [false, true] {
            if let address = try? EmailAddress(text, smtputf8: smtputf8) {
                require(
                    (try? EmailAddress(address.text, smtputf8: smtputf8)) == address,
                    "an address survives being written")
                _ = address.displayDomain
                if let sender = try? VERP(base: address).address(token: "c-1042_x") {
                    require(VERP(base: address).token(of: sender) == "c-1042_x", "a token comes back")
                }
            }
            for mailbox in (try? Mailbox.list(parsing: text, smtputf8: smtputf8)) ?? [] {
                require(
                    (try? Mailbox(parsing: mailbox.description, smtputf8: smtputf8)) == mailbox,
                    "a mailbox survives being shown")
            }
        }
        if let domain = try? DomainName.ascii(text) {
            require((try? DomainName.ascii(domain)) == domain, "a domain stays as it is once it is ASCII")
            require((try? DomainName.ascii(DomainName.unicode(domain))) == domain, "a domain comes back")
        }
    }

    /// The first line is subject, name and filename, everything the text.
    static func write(_ text: String) {
        let line = String(decoding: text.utf8.prefix { $0 != .lineFeed }, as: UTF8.self)
        do {
            var headers = Headers()
            try headers.add("From", mailboxes: [Mailbox(name: line, address: EmailAddress("a@b.example"))])
            try headers.add("Subject", text: line)
            try headers.add("Date", date: MessageDate(seconds: 1_795_244_400, offsetMinutes: 120))
            let file = try Part.attachment(Array(text.utf8), type: .octetStream, filename: line)
            let body = Part.mixed(.alternative(.text(text), .html(text)), [file])
            let bytes = try Message(headers: headers, body: body).serialized()
            check(ParsedMessage(bytes.bytes), line: line, text: text)
        } catch {
            require(!"\(error)".isEmpty, "an error says something")
        }
    }

    private static func check(_ message: ParsedMessage, line: String, text: String) {
        let clean = (try? HeaderText.clean(line, header: "Subject")) ?? ""
        require(isSame(message.subject, clean), "a subject comes back")
        require(isSame(message.attachments.first?.filename, clean), "a filename comes back")
        require(message.attachments.first?.body == Array(text.utf8), "a file comes back")
        let canonical = String(decoding: TransferEncoding.canonical(Array(text.utf8)), as: UTF8.self)
        require(isSame(message.text, canonical), "a text comes back")
        require(isSame(message.html, canonical), "HTML comes back")
    }

    /// Equal byte for byte; Swift calls two spellings of one character equal.
    private static func isSame(_ left: String?, _ right: String) -> Bool {
        left?.utf8.elementsEqual(right.utf8) == true
    }

    static func encode(_ input: [UInt8]) {
        require(Base64.decode(Base64.encodeLines(input)) == input, "base64 is undone")
        let canonical = TransferEncoding.canonical(input)
        require(
            QuotedPrintable.decode(QuotedPrintable.encode(input)) == canonical, "quoted-printable is undone")
        _ = (QuotedPrintable.decode(input), QuotedPrintable.decode(input, word: true), Base64.decode(input))
    }

    static func sign(_ input: [UInt8], _ text: String) {
        let relaxed = RelaxedForm.body(input[...])
        require(RelaxedForm.body(relaxed[...]) == relaxed, "a relaxed body stays as it is")
        if let message = try? FinalBytes(checking: input) { _ = SignedFields(of: message)?.relaxed }
        if let record = try? DKIMRecord(parsing: text) {
            require(
                (try? DKIMRecord(parsing: record.text))?.publicKey == record.publicKey, "a record comes back")
            _ = DKIMRecord.faults(of: text, expected: record)
        }
        if let block = PEMBlock(in: text) {
            require(PEMBlock(in: block.text)?.label == block.label, "a PEM label comes back")
        }
        _ = try? DKIMName(domain: text, selector: text)
    }
}
