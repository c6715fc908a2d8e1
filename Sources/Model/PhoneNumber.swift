/// Phone numbers as they are compared: the same number is written in many ways.
package enum PhoneNumber {
    /// What two spellings of a number have in common: its digits, without the `+` or `00` before the country.
    ///
    /// A number without its country stays another one, for who knows which country is meant.
    /// - Returns: nil for what is no phone number by its looks: anything but digits, blanks and `+ - . / ( )`.
    package static func key(of text: String) -> String? {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: "+") where digits.isEmpty: continue
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
                UInt8(ascii: "("),
                UInt8(ascii: ")"):
                continue
            default: return nil
            }
        }
        if digits.starts(with: "00".utf8) { digits.removeFirst(2) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
