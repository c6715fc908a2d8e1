/// Whole numbers as a marketer writes them: ASCII digits only, no sign, no leading plus.
enum WholeNumber {
    /// - Returns: nil when the text is anything but 1 to 18 digits.
    static func parse(_ text: some StringProtocol) -> Int? {
        guard (1...18).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
