import Crypto
import Foundation
import MIME

/// A picture that goes along in every mail that shows it, encoded once for all of them.
package struct InlinePicture: Sendable {
    let id: MessageID
    let part: Part
    private let type: MediaType
    private let bytes: [UInt8]

    /// - Parameters:
    ///   - bytes: the file.
    ///   - file: its path, of which mails keep the name.
    ///   - domain: the sender's, for the identifier.
    /// - Returns: nil for what is not PNG, JPEG, GIF or WebP by its first bytes.
    /// - Throws: `HeaderError`.
    init?(_ bytes: [UInt8], file: String, domain: String) throws {
        guard let type = Self.type(of: bytes) else { return nil }
        (self.bytes, self.type) = (bytes, try MediaType("image/\(type)"))
        let hash = SHA256.hash(data: bytes)
        id = try MessageID(hash.withUnsafeBytes { $0.prefix(16).hexadecimal }, at: domain)
        let name = file.split(separator: "/").last.map(String.init)
        part = try Part.inline(bytes, type: self.type, id: id, filename: name)
    }

    /// How HTML names it in the mail (RFC 2392).
    var link: String { "cid:\(id)" }

    /// How HTML names it that stands alone (RFC 2397).
    var dataLink: String { "data:\(type);base64,\(Data(bytes).base64EncodedString())" }

    private static func type(of bytes: [UInt8]) -> String? {
        let (isRIFF, form) = (bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).prefix(4))
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpeg" }
        if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return "gif" }
        return isRIFF && form.elementsEqual("WEBP".utf8) ? "webp" : nil
    }
}

extension ComposedMessage {
    /// The HTML as one file that shows its pictures, for looking at it outside of the mail.
    package var standaloneHTML: [UInt8] {
        guard !pictures.isEmpty else { return html }
        let text = pictures.reduce(String(decoding: html, as: UTF8.self)) { text, picture in
            text.replacing(picture.link, with: picture.dataLink)
        }
        return Array(text.utf8)
    }
}
