import Foundation

/// A JSON object that is printed member by member, since one of them is a list that may be too long to hold. What comes
/// out reads as what `Console.print(json:)` prints.
struct JSONListing {
    /// What stands before the next member.
    private var separator = "{\n"

    /// Prints a member.
    mutating func print(_ key: String, _ value: some Encodable) throws {
        Console.write(
            Array(separator.utf8) + Array("  \"\(key)\" : ".utf8) + (try Self.indented(value, by: 2)))
        separator = ",\n"
    }

    /// Prints a member that is a list, page by page.
    /// - Parameter next: gives the next page; an empty one ends the list.
    mutating func print<Element: Encodable>(_ key: String, pages next: () throws -> [Element]) throws {
        Console.write(Array("\(separator)  \"\(key)\" : [".utf8))
        separator = ",\n"
        var isEmpty = true
        while case let page = try next(), !page.isEmpty {
            var text: [UInt8] = []
            for element in page {
                text += Array((isEmpty ? "\n    " : ",\n    ").utf8) + (try Self.indented(element, by: 4))
                isEmpty = false
            }
            Console.write(text)
        }
        Console.write(Array((isEmpty ? "]" : "\n  ]").utf8))
    }

    /// Ends the object.
    func finish() {
        Console.write(Array("\n}\n".utf8))
    }

    /// The value's JSON, all lines but the first moved to the right. No string in it has a line feed of its own.
    private static func indented(_ value: some Encodable, by width: Int) throws -> [UInt8] {
        let feed = UInt8(ascii: "\n")
        let indent = [feed] + Array(repeating: UInt8(ascii: " "), count: width)
        return Array(try Console.json(value).split(separator: feed).joined(separator: indent))
    }
}
