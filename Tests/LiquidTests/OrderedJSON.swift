import Liquid

/// JSON whose objects keep their order, which a loop over an object shows.
enum OrderedJSON {
    case value(Value)
    case string(String)
    case array([OrderedJSON])
    case object([(String, OrderedJSON)])

    struct SyntaxError: Error {
        let offset: Int
    }

    static func parse(_ bytes: [UInt8]) throws -> OrderedJSON {
        var parser = Parser(bytes: bytes)
        return try parser.value()
    }

    subscript(name: String) -> OrderedJSON? {
        guard case .object(let pairs) = self else { return nil }
        return pairs.last { $0.0 == name }?.1
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var bool: Bool? {
        guard case .value(.bool(let flag)) = self else { return nil }
        return flag
    }

    var array: [OrderedJSON]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    var fields: Fields? {
        guard case .object(let pairs) = self else { return nil }
        return Fields(pairs.map { ($0, $1.liquid) })
    }

    var liquid: Value {
        switch self {
        case .value(let value): value
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.liquid))
        case .object(let pairs): .fields(pairs.map { ($0, $1.liquid) })
        }
    }

    private struct Parser {
        let bytes: [UInt8]
        var index = 0

        mutating func value() throws -> OrderedJSON {
            skipSpace()
            guard index < bytes.count else { throw SyntaxError(offset: index) }
            switch bytes[index] {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["): return try array()
            case UInt8(ascii: "\""): return .string(try string())
            default: return try literal()
            }
        }

        private mutating func skipSpace() {
            while index < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[index]) { index += 1 }
        }

        private mutating func accept(_ byte: UInt8) -> Bool {
            skipSpace()
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        private mutating func object() throws -> OrderedJSON {
            index += 1
            var pairs: [(String, OrderedJSON)] = []
            if accept(UInt8(ascii: "}")) { return .object(pairs) }
            repeat {
                skipSpace()
                let name = try string()
                guard accept(UInt8(ascii: ":")) else { throw SyntaxError(offset: index) }
                pairs.append((name, try value()))
            } while accept(UInt8(ascii: ","))
            guard accept(UInt8(ascii: "}")) else { throw SyntaxError(offset: index) }
            return .object(pairs)
        }

        private mutating func array() throws -> OrderedJSON {
            index += 1
            var items: [OrderedJSON] = []
            if accept(UInt8(ascii: "]")) { return .array(items) }
            repeat { items.append(try value()) } while accept(UInt8(ascii: ","))
            guard accept(UInt8(ascii: "]")) else { throw SyntaxError(offset: index) }
            return .array(items)
        }

        private mutating func literal() throws -> OrderedJSON {
            let start = index
            while index < bytes.count, !",]} \n\r\t".utf8.contains(bytes[index]) { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            switch text {
            case "null": return .value(.null)
            case "true": return .value(.bool(true))
            case "false": return .value(.bool(false))
            default:
                if let number = Int(text) { return .value(.int(number)) }
                guard let number = Double(text) else { throw SyntaxError(offset: start) }
                return .value(.double(number))
            }
        }

        private mutating func string() throws -> String {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw SyntaxError(offset: index)
            }
            index += 1
            var units: [UInt16] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\") {
                    units.append(try escape())
                } else {
                    let start = index
                    while index < bytes.count, bytes[index] != UInt8(ascii: "\""),
                        bytes[index] != UInt8(ascii: "\\")
                    {
                        index += 1
                    }
                    units += Array(String(decoding: bytes[start..<index], as: UTF8.self).utf16)
                }
            }
            index += 1
            return String(decoding: units, as: UTF16.self)
        }

        private mutating func escape() throws -> UInt16 {
            guard index + 1 < bytes.count else { throw SyntaxError(offset: index) }
            let letter = bytes[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "n"): return 0x0a
            case UInt8(ascii: "r"): return 0x0d
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "f"): return 0x0c
            case UInt8(ascii: "u"):
                let digits = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
                guard let unit = UInt16(digits, radix: 16) else { throw SyntaxError(offset: index) }
                index += 4
                return unit
            default: return UInt16(letter)
            }
        }
    }
}
