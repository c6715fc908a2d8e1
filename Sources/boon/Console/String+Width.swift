extension String {
    /// How many columns of a terminal the text takes: marks above and below letters take none, letters of China, Japan
    /// and Korea and pictures take two (UAX #11, UAX #44). Terminals differ about rare ones; a line is then off by one.
    var columns: Int {
        unicodeScalars.reduce(0) { $0 + $1.columns }
    }

    /// The text with blanks behind it, at least one, so that a second column begins at `width` where the text
    /// leaves room for it. Nothing is ever cut off.
    func column(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(1, width - columns))
    }
}

extension Unicode.Scalar {
    fileprivate var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide || properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// East Asian Wide and Fullwidth, by blocks.
    private var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F2FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
