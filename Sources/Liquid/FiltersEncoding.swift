extension Filter {
    /// Filters that write text in another form.
    static let encoding: [Filter] = [
        Filter("escape") { input, _, context in escape(input, context) },
        Filter("h") { input, _, context in escape(input, context) },
        Filter("escape_once") { input, _, context in
            input.isMarkup ? input : context.markup(HTML.escapedOnce(input.text))
        },
        Filter("url_encode") { input, _, _ in
            input.isNull ? .null : .string(Percent.encoded(input.text))
        },
        Filter("url_decode") { input, _, _ in
            if input.isNull { return .null }
            return .string(try decoded(Percent.decoded(input.text), by: "url_decode"))
        },
        Filter("base64_encode") { input, _, _ in .string(Base64.standard.encoded(Array(input.text.utf8))) },
        Filter("base64_url_safe_encode") { input, _, _ in
            .string(Base64.urlSafe.encoded(Array(input.text.utf8)))
        },
        Filter("base64_decode") { input, _, _ in try base64(input, .standard, "base64_decode") },
        Filter("base64_url_safe_decode") { input, _, _ in
            try base64(input, .urlSafe, "base64_url_safe_decode")
        },
    ]

    /// In HTML mode the result is markup: it is not escaped again, and neither is markup escaped here.
    private static func escape(_ input: Value, _ context: FilterContext) -> Value {
        switch context.escaping {
        case .html: input.isNull ? .null : .markup(context.escaped(input))
        case .none: input.isNull ? .null : .string(HTML.escaped(input.text))
        }
    }

    private static func base64(_ input: Value, _ alphabet: Base64, _ name: String) throws -> Value {
        guard let bytes = alphabet.decoded(Array(input.text.utf8)) else {
            throw FilterError("'\(name)' was given text that is not base64")
        }
        return .string(try decoded(bytes, by: name))
    }

    private static func decoded(_ bytes: [UInt8], by name: String) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FilterError("'\(name)' gives bytes that are not UTF-8")
        }
        return text
    }
}

/// The encoding of forms: a space is `+`, all but letters, digits and `-._~` is `%` and two digits.
enum Percent {
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"): bytes.append(byte)
            case _ where byte.isWordByte: bytes.append(byte)
            default: bytes += [Byte.percent, digit(byte >> 4), digit(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    static func decoded(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index] == Byte.percent, index + 2 < source.count, let high = value(source[index + 1]),
                let low = value(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(source[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[index])
                index += 1
            }
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        if digit.isDigit { return digit - UInt8(ascii: "0") }
        let letter = (digit | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter + 10 : nil
    }
}

/// RFC 4648, sections 4 and 5.
enum Base64 {
    case standard, urlSafe

    private var lastTwo: (UInt8, UInt8) {
        self == .standard ? (UInt8(ascii: "+"), UInt8(ascii: "/")) : (UInt8(ascii: "-"), UInt8(ascii: "_"))
    }

    private func letter(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: lastTwo.0
        default: lastTwo.1
        }
    }

    private func value(_ letter: UInt8) -> UInt8? {
        if letter.isDigit { return letter - UInt8(ascii: "0") + 52 }
        if letter.isLetter {
            return letter < UInt8(ascii: "a") ? letter - UInt8(ascii: "A") : letter - UInt8(ascii: "a") + 26
        }
        return letter == lastTwo.0 ? 62 : letter == lastTwo.1 ? 63 : nil
    }

    func encoded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for place in 0..<3 { bits = bits << 8 | (place < group.count ? UInt32(group[start + place]) : 0) }
            for place in 0..<4 {
                let value = UInt8(truncatingIfNeeded: bits >> UInt32(18 - 6 * place)) & 63
                result.append(place <= group.count ? letter(value) : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Nothing for text that is not base64. The URL-safe form may lack its padding.
    func decoded(_ text: [UInt8]) -> [UInt8]? {
        let letters = text.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.count - letters.count
        let isPadded = text.count % 4 == 0 && padding <= 2
        guard letters.count % 4 != 1, isPadded || (self == .urlSafe && padding == 0),
            text[letters.count...].allSatisfy({ $0 == UInt8(ascii: "=") })
        else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for letter in letters {
            guard let value = value(letter) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xffff
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
        return bytes
    }
}
