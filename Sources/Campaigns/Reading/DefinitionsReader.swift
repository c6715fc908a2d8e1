import Foundation
import Model

extension Definitions {
    /// Reads `boon.yaml` and everything under `campaigns/`.
    /// - Parameters:
    ///   - workspace: the folder.
    ///   - environment: where `${NAME}` is looked up.
    /// - Throws: `WorkspaceError` when there is no such folder; whatever is wrong with files is in `diagnostics`.
    package static func read(workspace: String, environment: [String: String]) throws -> Definitions {
        let (files, diagnostics) = try WorkspaceFiles.read(workspace)
        var definitions = read(files: files, environment: environment)
        // A file that cannot be read is not missing as well.
        let unread = Set(diagnostics.map(\.file))
        definitions.diagnostics =
            (definitions.diagnostics.filter { !unread.contains($0.file) } + diagnostics).sorted()
        return definitions
    }

    /// Reads files that are already in memory.
    /// - Parameters:
    ///   - files: bytes by path relative to the workspace.
    ///   - environment: where `${NAME}` is looked up.
    package static func read(files: [String: [UInt8]], environment: [String: String]) -> Definitions {
        var reader = DefinitionsReader()
        reader.readSettings(files[WorkspaceFiles.settings], environment: environment)
        for path in files.keys.sorted() where path != WorkspaceFiles.settings {
            reader.readDefinition(path, files[path] ?? [])
        }
        var definitions = reader.finish()
        definitions.files = files
        return definitions
    }
}

/// Puts the files of a workspace together.
private struct DefinitionsReader {
    private var definitions = Definitions()
    private var programme: ProgrammeFile?
    private var unread = Unread()
    private var diagnostics: [Diagnostic] = []

    // MARK: Files

    mutating func readSettings(_ bytes: [UInt8]?, environment: [String: String]) {
        guard let bytes else {
            let place = Place(file: WorkspaceFiles.settings, line: 1, column: 1)
            return diagnostics.append(
                Diagnostic(
                    .error, at: place, "the workspace has no boon.yaml",
                    hint: "it needs brand, from and one relay"))
        }
        guard let (root, source) = parse(WorkspaceFiles.settings, bytes) else { return }
        let hasShape = check(root, in: source, as: .settings)
        var reader = FileReader(root, in: source, defaults: Defaults(nil))
        let settings = Settings(reader.settings(environment: environment))
        let isSound = hasShape && !reader.diagnostics.collected.contains { $0.severity == .error }
        definitions.settings = isSound ? settings : nil
        diagnostics += reader.diagnostics.collected
    }

    mutating func readDefinition(_ path: String, _ bytes: [UInt8]) {
        guard let (root, source) = parse(path, bytes), let kind = kind(of: root, in: source) else { return }
        _ = check(root, in: source, as: kind)
        var reader = FileReader(root, in: source, defaults: Defaults(definitions.settings))
        switch kind {
        case .campaign: add(reader.campaign(), to: \.campaigns, id: \.id, place: \.place, called: "campaign")
        case .segments:
            for segment in reader.segments() {
                add(segment, to: \.segments, id: \.name, place: \.place, called: "segment")
            }
        case .programme: add(reader.programme())
        case .survey: add(reader.survey(), to: \.surveys, id: \.id, place: \.place, called: "survey")
        case .contest: add(reader.contest(), to: \.contests, id: \.id, place: \.place, called: "contest")
        case .settings: break
        }
        diagnostics += reader.diagnostics.collected
        unread.add(reader.unread)
        if let name = root[kind.rawValue]?.text { noteUnread(name, of: kind) }
    }

    /// Notes a definition that the file begins and that could not be made.
    private mutating func noteUnread(_ name: String, of kind: FileKind) {
        let isKnown =
            switch kind {
            case .campaign: definitions.campaigns[name] != nil
            case .survey: definitions.surveys[name] != nil
            case .contest: definitions.contests[name] != nil
            case .segments, .programme, .settings: true
            }
        if !isKnown { unread.names[kind.rawValue, default: []].insert(name) }
    }

    private mutating func parse(_ path: String, _ bytes: [UInt8]) -> (root: YAMLNode, source: SourceText)? {
        let start = Place(file: path, line: 1, column: 1)
        guard bytes.count <= YAMLReader.maximumSize else {
            diagnostics.append(
                Diagnostic(.error, at: start, "the file is larger than 1 MB", hint: "split it"))
            return nil
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard
            let text = String(
                validating: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
        else {
            diagnostics.append(
                Diagnostic(.error, at: start, "the file is not UTF-8", hint: "save it as UTF-8"))
            return nil
        }
        let source = SourceText(path: path, text: text)
        do {
            return (try YAMLReader.read(source), source)
        } catch {
            diagnostics.append(
                Diagnostic(.error, at: source.place(at: error.offset), error.message, hint: error.hint))
            return nil
        }
    }

    private mutating func kind(of root: YAMLNode, in source: SourceText) -> FileKind? {
        let known = FileKind.defined.map(\.rawValue)
        let kinds = root.entries.filter { known.contains($0.key) }
        if kinds.count == 1 { return FileKind(rawValue: kinds[0].key) }
        let place = source.place(at: kinds.dropFirst().first?.keyOffset ?? root.offset)
        let list = known.map { "`\($0)`" }.joined(separator: ", ")
        // A slip in the very key that tells the kind is more likely than a file of no kind.
        let near = root.entries.lazy.compactMap { Nearest.word(to: $0.key, among: known) }.first
        diagnostics.append(
            Diagnostic(
                .error, at: place,
                kinds.isEmpty
                    ? "the file does not say what it defines"
                    : "a file defines one thing, not a `\(kinds[0].key)` and a `\(kinds[1].key)`",
                hint: near.map { "did you mean `\($0)`?" } ?? "it has one of the keys \(list)"))
        return nil
    }

    private mutating func check(_ root: YAMLNode, in source: SourceText, as kind: FileKind) -> Bool {
        var checker = ShapeChecker(source)
        checker.check(
            root, against: kind.shape, called: kind == .settings ? WorkspaceFiles.settings : kind.rawValue)
        diagnostics += checker.diagnostics.collected
        return checker.diagnostics.collected.isEmpty
    }

    // MARK: Putting together

    private mutating func add<Value>(
        _ value: Value?, to collection: WritableKeyPath<Definitions, [String: Value]>,
        id: KeyPath<Value, String>,
        place: KeyPath<Value, Place>, called kind: String
    ) {
        guard let value else { return }
        let name = value[keyPath: id]
        if let first = definitions[keyPath: collection][name] {
            return tellRepeat(
                "the \(kind) `\(name)`", at: value[keyPath: place], first: first[keyPath: place])
        }
        definitions[keyPath: collection][name] = value
    }

    private mutating func add(_ file: ProgrammeFile?) {
        guard let file else { return }
        if let first = programme {
            return tellRepeat("the programme", at: file.place, first: first.place)
        }
        programme = file
        definitions.programme = file.programme
    }

    private mutating func tellRepeat(_ what: String, at place: Place, first: Place) {
        diagnostics.append(
            Diagnostic(
                .error, at: place, "\(what) is already defined at \(first)",
                hint: "rename or delete one of them"))
    }

    /// Everything that only shows when all files are known.
    mutating func finish() -> Definitions {
        var check = CrossCheck(definitions, programme: programme, unread: unread)
        check.run()
        definitions.diagnostics = (diagnostics + check.diagnostics.collected).sorted()
        return definitions
    }
}
