import Campaigns

extension TemplateLibrary {
    /// The workspace's own files that mails of some campaigns are made of, templates and pictures: bytes by path
    /// relative to the workspace.
    ///
    /// A picture that cannot be used is left out: whoever composes a mail with it says why.
    /// - Throws: `TemplateFileError` for a template that cannot be read.
    package func ownFiles(of campaigns: some Sequence<Campaign>) throws(TemplateFileError) -> [String:
        [UInt8]]
    {
        guard let workspace else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in names {
            let file = "\(Self.folder)/\(name)"
            if let text = try workspaceText(file) { files[file] = Array(text.utf8) }
        }
        for module in campaigns.flatMap(\.modules) {
            guard case .file(let file, _) = module.picture?.src else { continue }
            files[file] = (try? workspace.bytes(of: file, limit: PictureLibrary.sizeLimit))
        }
        return files
    }
}
