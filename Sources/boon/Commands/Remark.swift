import Foundation

/// Words for a record, typed at the command line: why something is done, or by whom.
enum Remark {
    private static let longest = 500

    /// The user's name, as the default of who does something; without the domain that some machines add.
    static var user: String { NSUserName().split(separator: "@").first.map(String.init) ?? "somebody" }

    /// Words without the blanks around them.
    /// - Parameter option: what they were typed behind, `--reason`.
    /// - Throws: `Failure` for nothing, for too much, and for an address.
    static func checked(_ words: String, of option: String) throws -> String {
        let words = words.trimmingCharacters(in: .whitespacesAndNewlines)
        if words.isEmpty { throw Failure.usage("\(option) is empty; leave it out, or say something") }
        guard !words.contains("@"), words.utf8.count <= longest else {
            throw Failure.input(
                "\(option) has an address or more than \(longest) bytes; only the customers' own records hold addresses"
            )
        }
        return words
    }

    /// Who does something: the words, or the user's name.
    static func actor(_ words: String?) throws -> String {
        try words.map { try checked($0, of: "--actor") } ?? user
    }
}
