import Foundation

/// The right to send a campaign: one process has it at a time, and loses it when it ends, however it ends.
package final class SendingLease: Sendable {
    private let file: File

    /// Takes the right to send a campaign.
    /// - Parameters:
    ///   - campaign: an identifier, which is a valid file name.
    ///   - store: the store that the campaign's runs are in.
    /// - Returns: nil while another process has it.
    /// - Throws: `StoreError`.
    package init?(campaign: String, in store: Store) throws {
        let folder = "\(store.folder)/sending"
        try File.makeFolder(folder)
        guard let file = try File("\(folder)/\(campaign).lock", flags: O_RDWR | O_CREAT), file.tryLock()
        else {
            return nil
        }
        self.file = file
    }
}
