import Campaigns
import Foundation
import MIME

/// A key of boon.yaml's `dkim:` with the place where the domain publishes it.
struct SigningKey {
    let name: DKIMName
    let key: DKIMKey
    /// The private key's file.
    let file: String
}

extension Workspace {
    /// The keys that boon.yaml's `dkim:` names, the first one first; none without it.
    /// - Throws: `Failure` when a key cannot be read or is none.
    func signingKeys() throws -> [SigningKey] {
        guard let dkim = settings.dkim else { return [] }
        let first = (dkim.selector, dkim.key)
        let named = [first] + (dkim.second.map { [($0.selector, $0.key)] } ?? [])
        return try named.map { selector, key in
            let file = "\(path)/\(key)"
            let pem = try InputFile.text(file)
            do throws(DKIMError) {
                let name = try DKIMName(domain: dkim.domain, selector: selector)
                return SigningKey(name: name, key: try DKIMKey(pem: pem), file: file)
            } catch {
                throw Failure.input("\(file) cannot sign for \(dkim.domain): \(error)")
            }
        }
    }

    /// What signs the messages, when boon.yaml says `dkim:`.
    /// - Throws: `Failure` when a key cannot be read or is none.
    func dkimSigner() throws -> DKIMSigner? {
        let keys = try signingKeys()
        guard let first = keys.first else { return nil }
        let second = keys.dropFirst().first.map { (selector: $0.name.selector, key: $0.key) }
        do {
            return try DKIMSigner(
                domain: first.name.domain, selector: first.name.selector, key: first.key, second: second)
        } catch {
            throw Failure.input("boon.yaml's dkim: \(error)")
        }
    }
}
