import Foundation

/// A mailbox that is a folder: a Maildir with `new` and `cur`, or any folder of `.eml` files.
///
/// In a Maildir what nobody has seen is read, and what was read is moved to `cur` and marked as seen. Plain `.eml`
/// files are left as they are: they are somebody's collection.
package final class FolderMailbox: BounceMailbox {
    private let folder: String
    private let isMaildir: Bool
    /// Paths inside the folder, the oldest names first.
    private var waiting: ArraySlice<String>

    /// Lists the folder.
    /// - Throws: `MailboxError` when that cannot be.
    package init(_ folder: String) throws(MailboxError) {
        self.folder = folder
        isMaildir = ["new", "cur"].allSatisfy { MailFile.isFolder("\(folder)/\($0)") }
        if isMaildir {
            let new = try MailFile.names(in: "\(folder)/new").map { "new/\($0)" }
            let seen = try MailFile.names(in: "\(folder)/cur").filter { !Self.flags(of: $0).contains("S") }
            waiting = (new + seen.map { "cur/\($0)" })[...]
        } else {
            waiting = try MailFile.names(in: folder).filter { $0.lowercased().hasSuffix(".eml") }[...]
        }
    }

    package func next() throws(MailboxError) -> [MailboxMessage] {
        var batch = MailboxBatch()
        while !batch.isFull, let name = waiting.popFirst() {
            if let message = try MailFile.message(name, in: folder) { batch.add(message) }
        }
        return batch.messages
    }

    package func settle(_ fates: [(name: String, fate: MailboxFate)]) throws(MailboxError) {
        guard isMaildir else { return }
        for (name, _) in fates {
            let (source, target) = ("\(folder)/\(name)", "\(folder)/\(Self.seen(name))")
            // Whoever else reads the folder may have moved it by now.
            guard rename(source, target) == 0 || errno == ENOENT else { throw MailFile.failure(source) }
        }
    }

    /// The letters behind `:2,`.
    private static func flags(of name: String) -> Substring {
        name.range(of: ":2,", options: .backwards).map { name[$0.upperBound...] } ?? ""
    }

    /// Where a message lies once it was read: in `cur`, with the letters in their order.
    static func seen(_ name: String) -> String {
        let file = name.split(separator: "/").last ?? ""
        let start = file.range(of: ":2,", options: .backwards)
        let flags = Set(flags(of: String(file))).union("S").sorted()
        return "cur/\(file[..<(start?.lowerBound ?? file.endIndex)]):2,\(String(flags))"
    }
}
