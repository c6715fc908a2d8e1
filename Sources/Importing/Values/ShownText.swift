extension String {
    /// The text with its control characters made visible: a terminal would obey them.
    var printable: String {
        let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        guard unicodeScalars.contains(where: isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    /// At most 60 characters, for sentences about texts that anyone may have made up.
    var shortened: String { count > 60 ? prefix(59) + "…" : self }
}
