import Foundation

/// Where templates are found: the workspace's `templates/` first, else the built-in ones.
///
/// A name never leaves the workspace: not by `..`, not from the root, not by a link that leads outside.
package struct TemplateLibrary: Sendable {
    /// A template's text and how to call its file.
    package struct Source: Hashable, Sendable {
        /// `templates/layout.html.liquid`, relative to the workspace; built-in ones have `built-in ` before.
        package let file: String
        package let text: String
    }

    /// nil to use only the built-in templates.
    let workspace: WorkspaceFolder?
    private let builtIn: [String: String]

    /// The folder that holds templates, in a workspace and among the built-in files.
    package static let folder = "templates"
    /// A template larger than this is refused: nobody writes it, and every message would carry it.
    private static let sizeLimit = 1_000_000

    /// - Parameters:
    ///   - workspace: the workspace's folder; nil to use only the built-in templates.
    ///   - builtIn: texts by path, `templates/layout.html.liquid`; other paths do no harm.
    package init(workspace: String?, builtIn: [String: String]) {
        self.workspace = workspace.map { WorkspaceFolder($0) }
        self.builtIn = builtIn
    }

    /// The template of a name, `layout.html.liquid`.
    /// - Returns: nil when neither the workspace nor the built-in files have it.
    /// - Throws: `TemplateFileError` for a name or a file that may not be read.
    package func source(_ name: String) throws(TemplateFileError) -> Source? {
        guard Self.isInside(name) else { throw TemplateFileError(file: name, problem: .badName) }
        let file = "\(Self.folder)/\(name)"
        if let text = try workspaceText(file) { return Source(file: file, text: text) }
        return builtIn[file].map { Source(file: "built-in \(file)", text: $0) }
    }

    /// The texts of a file of `name: text` lines, the workspace's over the built-in ones: a workspace says only
    /// what it changes.
    /// - Returns: nil when neither has the file.
    func texts(_ name: String) throws(TemplateFileError) -> [String: String]? {
        guard let source = try source(name) else { return nil }
        let own = KeyedText(parsing: source.text, file: source.file).texts
        guard let text = builtIn["\(Self.folder)/\(name)"] else { return own }
        return KeyedText(parsing: text, file: name).texts.merging(own) { _, own in own }
    }

    /// The names of all templates, whether the workspace's or built-in, sorted.
    package var names: [String] {
        let own =
            workspace.flatMap { FileManager.default.subpaths(atPath: "\($0.path)/\(Self.folder)") } ?? []
        let prefix = Self.folder + "/"
        let known = builtIn.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let endings = [".liquid", ".txt"]
        return Set(own + known).filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
    }

    func workspaceText(_ file: String) throws(TemplateFileError) -> String? {
        let bytes: [UInt8]?
        do throws(WorkspaceFolder.Problem) {
            bytes = try workspace?.bytes(of: file, limit: Self.sizeLimit)
        } catch { throw TemplateFileError(file: file, problem: .init(error)) }
        guard let bytes else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateFileError(file: file, problem: .notText)
        }
        return text
    }

    private static func isInside(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
                && part.allSatisfy {
                    $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "%")
                }
        }
    }
}

/// Why a template's file cannot be used.
package struct TemplateFileError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Problem: Hashable, Sendable {
        case badName, linkOutside, brokenLink, unreadable, tooLarge, notText, missing

        init(_ problem: WorkspaceFolder.Problem) {
            switch problem {
            case .linkOutside: self = .linkOutside
            case .brokenLink: self = .brokenLink
            case .unreadable: self = .unreadable
            case .tooLarge: self = .tooLarge
            }
        }
    }

    package let file: String
    package let problem: Problem

    /// One sentence that says what to do.
    package var description: String {
        switch problem {
        case .badName:
            "'\(file)' is not a template's name: use letters, digits, '-', '_', '.' and single '/'."
        case .linkOutside: "'\(file)' is a link that leads out of the workspace: put the file itself there."
        case .brokenLink: "'\(file)' is a link that leads nowhere: put the file itself there."
        case .unreadable: "'\(file)' cannot be read: check that it is a file and its permissions."
        case .tooLarge: "'\(file)' is larger than 1 MB: a template is far smaller."
        case .notText: "'\(file)' is not UTF-8 text: save it as UTF-8."
        case .missing: "There is no template '\(file)': put one into the workspace's templates folder."
        }
    }
}
