import GRDB

/// Why the stores cannot be read or written. Each message says what to do.
package enum StoreError: Error, Hashable, CustomStringConvertible {
    /// A line before valid ones is damaged, or its record says what no record can.
    case damaged(JournalPlace, reason: String)
    /// Acknowledged records, which the index has applied, are not in their journal any more.
    case lost(String)
    /// A record was written by a newer Boon.
    case newerRecord(JournalPlace, kind: String)
    /// There is no folder to look at.
    case noStore(String)
    /// The user of this process may look at the store and change nothing.
    case readOnly(String)
    /// The index does not tell what the journals hold, and the user of this process may not bring it up to date.
    case staleIndex(String)
    /// A file of a journal is gone.
    case missingFile(String)
    /// The system refused to read or write; nothing of the commit is kept.
    case io(path: String, action: String, reason: String)
    /// A sync failed: what the disk holds is not known, and a second sync would prove nothing.
    case syncFailed(path: String, reason: String)
    /// The commit is durable in the journals, and the index will be brought up to date at the next open.
    case indexBehind(reason: String)
    /// The index cannot be read or written.
    case index(reason: String)
    /// The disk refuses what the index needs to be read or written.
    case indexDisk(reason: String)

    /// What SQLite says, as what a person can do about it: a full or broken disk is not mended by a new index.
    init(_ error: DatabaseError) {
        let isAboutDisk = [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN].contains(error.resultCode)
        self = isAboutDisk ? .indexDisk(reason: error.message ?? "\(error)") : .index(reason: "\(error)")
    }

    package var description: String {
        switch self {
        case .damaged(let place, let reason):
            "\(place): \(reason); restore the file from a backup, or, if what follows may be lost, cut it there and run "
                + "'boon store rebuild --accept-loss'"
        case .lost(let what):
            "\(what); restore the file from a backup, or, if that may be forgotten and its mails sent again, "
                + "run 'boon store rebuild --accept-loss'"
        case .newerRecord(let place, let kind):
            "\(place): a record of kind '\(kind)' was written by a newer Boon; install that version to go on"
        case .noStore(let folder):
            "there is no store in \(folder): nothing was recorded yet, or the disk that holds it is not there"
        case .readOnly(let folder):
            "you may read \(folder) and not write there; have somebody run this who may"
        case .staleIndex(let folder):
            "the index in \(folder) is missing or behind the journals, and you may not write there; somebody who may "
                + "has to run a command once, such as 'boon runs list'"
        case .missingFile(let path):
            "\(path) is missing, and later files build on it; restore it from a backup"
        case .io(let path, let action, let reason):
            "\(path) could not be \(action): \(reason); nothing of this step was kept, run it again once that is mended"
        case .syncFailed(let path, let reason):
            "\(path) could not be synced to disk: \(reason); check the disk, then run the command again"
        case .indexBehind(let reason):
            "the step is recorded, but the index could not follow: \(reason); "
                + "free some space, the next command brings it up to date"
        case .index(let reason):
            "the index could not be used: \(reason); 'boon store rebuild' makes a new one from the journals"
        case .indexDisk(let reason):
            "the index could not be used: \(reason); see that its disk has space and works, then run the command again"
        }
    }
}

/// A line in a journal: where damage was found.
package struct JournalPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// The line in that file, from 1.
    package let line: Int
    /// Where the line begins in that file, in bytes from 0.
    package let offset: Int64

    package var description: String { "\(path):\(line): at byte \(offset)" }
}
