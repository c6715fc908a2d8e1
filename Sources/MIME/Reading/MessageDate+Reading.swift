extension MessageDate {
    private static let zones = [
        "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
        "pdt": -420,
    ]

    /// Reads a `Date` header, also in the obsolete forms of RFC 5322, section 4.3.
    /// - Parameter text: `Sat, 21 Nov 2026 09:00:00 +0200`; the weekday is not checked.
    /// - Returns: nil when it is no date.
    public init?(reading text: String) { self.init(reading: Array(text.utf8)) }

    init?(reading bytes: [UInt8]) {
        let end = bytes.firstIndex(of: UInt8(ascii: "(")) ?? bytes.count
        var words = bytes[..<end].split { $0.isBlank || $0 == .comma }[...]
        if let first = words.first, first.allSatisfy(\.isLetter) { words = words.dropFirst() }
        guard words.count >= 4, let day = Self.number(words.removeFirst()),
            let month = Self.month(words.removeFirst()), let year = Self.year(words.removeFirst()),
            let second = Self.secondOfDay(words.removeFirst()),
            1...Self.length(month: month, year: year) ~= day
        else { return nil }
        let offset = words.first.map(Self.offset) ?? 0
        let local = Self.days(year: year, month: month, day: day) * 86_400 + Int64(second)
        try? self.init(seconds: local - Int64(offset) * 60, offsetMinutes: offset)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard 1...4 ~= digits.count, digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func month(_ word: ArraySlice<UInt8>) -> Int? {
        months.firstIndex { word.prefix(3).equalsIgnoringCase($0.lowercasedASCII) }.map { $0 + 1 }
    }

    /// Two digits are of 1950 to 2049, three count from 1900.
    private static func year(_ word: ArraySlice<UInt8>) -> Int? {
        guard let year = number(word) else { return nil }
        return word.count >= 4 ? year : year + (word.count == 2 && year < 50 ? 2000 : 1900)
    }

    private static func length(month: Int, year: Int) -> Int {
        let (nextYear, next) = month == 12 ? (year + 1, 1) : (year, month + 1)
        return Int(days(year: nextYear, month: next, day: 1) - days(year: year, month: month, day: 1))
    }

    /// A leap second counts as the one before.
    private static func secondOfDay(_ word: ArraySlice<UInt8>) -> Int? {
        let parts = word.split(separator: .colon, omittingEmptySubsequences: false).map(number)
        guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1], hour < 24,
            minute < 60,
            let second = parts.count == 3 ? parts[2] : 0, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + min(second, 59)
    }

    /// Minutes ahead of UTC; unknown names count as UTC, as the RFC says.
    private static func offset(_ word: ArraySlice<UInt8>) -> Int {
        guard let sign = word.first, sign == UInt8(ascii: "+") || sign == .hyphen else {
            return zones[String(decoding: word, as: UTF8.self).lowercasedASCII] ?? 0
        }
        guard word.count == 5, let digits = number(word.dropFirst()) else { return 0 }
        let minutes = digits / 100 * 60 + digits % 100
        return sign == .hyphen ? -minutes : minutes
    }
}
