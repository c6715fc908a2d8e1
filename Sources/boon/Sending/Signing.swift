import Campaigns
import Foundation
import MIME

extension Workspace {
    /// What signs the messages, when boon.yaml says `dkim:`.
    /// - Throws: `Failure` when the key cannot be read or is none.
    func dkimSigner() throws -> DKIMSigner? {
        guard let dkim = settings.dkim else { return nil }
        let file = dkim.key.hasPrefix("/") ? dkim.key : "\(path)/\(dkim.key)"
        let pem = try InputFile.text(file)
        do {
            return try DKIMSigner(domain: dkim.domain, selector: dkim.selector, key: DKIMKey(pem: pem))
        } catch {
            throw Failure.input("\(file) cannot sign for \(dkim.domain): \(error)")
        }
    }
}
