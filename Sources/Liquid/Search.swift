/// Finds one text in another, byte by byte, in time that grows with their lengths and never with their product.
struct Search {
    let needle: [UInt8]
    /// For each prefix of the needle, how much of it is also its end (Knuth, Morris and Pratt).
    private let borders: [Int]

    init(_ text: String) {
        needle = Array(text.utf8)
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        self.borders = borders
    }

    /// Where the needle starts first, at or after `start`. An empty needle is everywhere.
    func first(in text: [UInt8], from start: Int = 0) -> Int? {
        guard !needle.isEmpty else { return start <= text.count ? start : nil }
        var matched = 0
        var index = start
        while index < text.count {
            while matched > 0, text[index] != needle[matched] { matched = borders[matched - 1] }
            if text[index] == needle[matched] { matched += 1 }
            index += 1
            if matched == needle.count { return index - matched }
        }
        return nil
    }

    /// Where the needle starts, one place after the other. The needle must not be empty.
    func places(in text: [UInt8], overlapping: Bool = false) -> [Int] {
        guard let longestBorder = borders.last else { return [] }
        var places: [Int] = []
        var matched = 0
        for index in text.indices {
            while matched > 0, text[index] != needle[matched] { matched = borders[matched - 1] }
            if text[index] == needle[matched] { matched += 1 }
            if matched == needle.count {
                places.append(index + 1 - matched)
                matched = overlapping ? longestBorder : 0
            }
        }
        return places
    }
}
