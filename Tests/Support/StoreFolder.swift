import Foundation

/// Where tests have stores and workspaces: in memory where there is plenty of it, since on a disk most of their time is
/// spent on waiting for syncs. What a killed process leaves behind is the same in both; the price is that what a killed
/// test leaves behind takes memory until somebody removes it.
package enum StoreFolder {
    /// What has to be free, in bytes: a year of 10,000 customers takes gigabytes.
    private static let room = LongRun.isWanted ? 16 << 30 : 2 << 30

    private static let parent: URL = {
        let memory = "/dev/shm"
        var disk = statvfs()
        let isThere = statvfs(memory, &disk) == 0 && access(memory, W_OK | X_OK) == 0
        let isRoomy = isThere && Int(disk.f_bavail) * Int(disk.f_frsize) > room
        return isRoomy ? URL(filePath: memory) : FileManager.default.temporaryDirectory
    }()

    /// A path that nobody else has; nothing is there yet.
    package static func new() -> String { parent.appending(path: "boon-\(UUID().uuidString)").path }
}
