/// Punycode, the ASCII form of a label of an international domain name (RFC 3492).
enum Punycode {
    private static let base: UInt32 = 36
    private static let tMin: UInt32 = 1
    private static let tMax: UInt32 = 26
    private static let skew: UInt32 = 38
    private static let damp: UInt32 = 700
    private static let initialBias: UInt32 = 72
    private static let initialN: UInt32 = 128

    /// Encodes a label, without the `xn--` (RFC 3492, section 6.3).
    /// - Returns: nil when the numbers overflow, which only absurdly long labels do.
    static func encode(_ label: some Collection<Unicode.Scalar>) -> String? {
        var output = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = UInt32(output.count)
        if basicCount > 0 { output.append(.hyphen) }

        var n = initialN
        var delta: UInt32 = 0
        var bias = initialBias
        var handled = basicCount
        while handled < label.count {
            guard let next = label.lazy.map(\.value).filter({ $0 >= n }).min() else { return nil }
            let (step, tooFar) = (next - n).multipliedReportingOverflow(by: handled + 1)
            let (sum, overflow) = delta.addingReportingOverflow(step)
            if tooFar || overflow { return nil }
            delta = sum
            n = next
            for scalar in label {
                if scalar.value < n { delta += 1 }
                guard scalar.value == n else { continue }
                appendInteger(delta, bias: bias, to: &output)
                bias = adapt(delta, points: handled + 1, first: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Decodes a label, without the `xn--` (RFC 3492, section 6.2).
    /// - Returns: nil when the text is not Punycode.
    static func decode(_ text: String) -> [Unicode.Scalar]? {
        let bytes = Array(text.utf8)
        let split = bytes.lastIndex(of: .hyphen)
        var output = bytes[..<(split ?? 0)].map { Unicode.Scalar($0) }
        guard output.allSatisfy(\.isASCII) else { return nil }

        var rest = bytes[(split.map { $0 + 1 } ?? 0)...]
        var n = initialN
        var i: UInt32 = 0
        var bias = initialBias
        while !rest.isEmpty {
            guard let step = integer(from: &rest, bias: bias) else { return nil }
            let (sum, overflow) = i.addingReportingOverflow(step)
            if overflow { return nil }
            let count = UInt32(output.count) + 1
            bias = adapt(step, points: count, first: i == 0)
            let (point, tooFar) = n.addingReportingOverflow(sum / count)
            guard !tooFar, let scalar = Unicode.Scalar(point) else { return nil }
            n = point
            i = sum % count
            output.insert(scalar, at: Int(i))
            i += 1
        }
        return output
    }

    /// Writes a generalised variable-length integer (RFC 3492, section 3.3).
    private static func appendInteger(_ value: UInt32, bias: UInt32, to output: inout [UInt8]) {
        var rest = value
        var k = base
        while true {
            let threshold = threshold(k, bias: bias)
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            k += base
        }
        output.append(digit(rest))
    }

    private static func integer(from bytes: inout ArraySlice<UInt8>, bias: UInt32) -> UInt32? {
        var value: UInt32 = 0
        var weight: UInt32 = 1
        var k = base
        while let byte = bytes.popFirst() {
            guard let digit = digitValue(byte) else { return nil }
            let (product, tooFar) = digit.multipliedReportingOverflow(by: weight)
            let (sum, overflow) = value.addingReportingOverflow(product)
            if tooFar || overflow { return nil }
            value = sum
            let threshold = threshold(k, bias: bias)
            if digit < threshold { return value }
            let (heavier, tooHeavy) = weight.multipliedReportingOverflow(by: base - threshold)
            if tooHeavy { return nil }
            weight = heavier
            k += base
        }
        return nil
    }

    private static func threshold(_ k: UInt32, bias: UInt32) -> UInt32 {
        k <= bias + tMin ? tMin : min(k - bias, tMax)
    }

    /// RFC 3492, section 6.1.
    private static func adapt(_ delta: UInt32, points: UInt32, first: Bool) -> UInt32 {
        var delta = first ? delta / damp : delta / 2
        delta += delta / points
        var k: UInt32 = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }

    private static func digit(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        return value < 26 ? UInt8(ascii: "a") + value : UInt8(ascii: "0") + value - 26
    }

    private static func digitValue(_ byte: UInt8) -> UInt32? {
        if byte.isDigit { return UInt32(byte) - 22 }
        return byte.isLetter ? UInt32(byte | 0x20) - 97 : nil
    }
}
