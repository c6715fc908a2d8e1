import Foundation

/// The files that runs are sent with, kept in the store: `definitions/ID/` holds one reading, laid out as the workspace
/// it was read from. Written, renamed into place and removed only under the writer's lock, so that a folder under its
/// name is whole.
package struct DefinitionArchive: Sendable {
    private let store: String
    private var root: String { "\(store)/definitions" }
    /// Where files are written before they have their name, and removed after they have lost it.
    private var draft: String { "\(root)/draft" }

    /// The archive of a store in a folder.
    package init(store: String) {
        self.store = store
    }

    /// Keeps some files, durably; those that are kept already cost a look, others a sync each.
    /// - Returns: whether they were not kept before.
    func keep(_ definitions: DefinitionFiles) throws(StoreError) -> Bool {
        let folder = path(of: definitions.id)
        if File.exists(folder) { return false }
        try clearDraft()
        var folders: Set<String> = [draft]
        for (path, bytes) in definitions.files {
            let target = "\(draft)/\(path)"
            var above = Self.folder(around: target)
            try File.makeFolder(above, in: store)
            while folders.insert(above).inserted { above = Self.folder(around: above) }
            let file = try File(target, flags: O_WRONLY | O_CREAT | O_EXCL)
            try file?.write(bytes, at: 0)
            try file?.sync()
        }
        for folder in folders { try File.syncFolder(folder) }
        guard rename(draft, folder) == 0 else { throw File.failure(folder, "written") }
        try File.syncFolder(root)
        try File.syncFolder(store)
        return true
    }

    /// The folder of some kept files, after all of them were read and found as they were.
    /// - Throws: `LostDefinitions`.
    package func folder(of id: String) throws(LostDefinitions) -> String {
        let folder = path(of: id)
        guard DefinitionFiles.isIdentity(id), File.exists(folder) else { throw .missing(folder) }
        guard let files = Self.files(in: folder), DefinitionFiles(files).id == id else {
            throw .changed(folder)
        }
        return folder
    }

    /// Why some kept files cannot be used; nil when they can.
    func trouble(with id: String) -> LostDefinitions? {
        do throws(LostDefinitions) {
            _ = try folder(of: id)
            return nil
        } catch {
            return error
        }
    }

    /// The identities of all files that are kept, sorted.
    func identities() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.filter(DefinitionFiles.isIdentity).sorted()
    }

    /// Removes some files. What cannot be removed does no harm and stays for the next time.
    func remove(_ id: String) {
        guard (try? clearDraft()) != nil, rename(path(of: id), draft) == 0 else { return }
        try? clearDraft()
    }

    private func path(of id: String) -> String { "\(root)/\(id)" }

    private static func folder(around path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    private func clearDraft() throws(StoreError) {
        guard File.exists(draft) else { return }
        do {
            try FileManager.default.removeItem(atPath: draft)
        } catch {
            throw .io(path: draft, action: "removed", reason: error.localizedDescription)
        }
    }

    /// All files in a folder; nil when one cannot be read.
    private static func files(in folder: String) -> [String: [UInt8]]? {
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return nil }
        var files: [String: [UInt8]] = [:]
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) else {
                return nil
            }
            if isFolder.boolValue { continue }
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") else { return nil }
            files[path] = Array(bytes)
        }
        return files
    }
}
