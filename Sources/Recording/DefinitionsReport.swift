/// What a look at the files that runs are sent with has found.
package struct DefinitionsReport: Hashable, Sendable {
    /// How many readings of the files are kept.
    package let kept: Int
    /// A sentence for each run that goes on, or is paused, and whose files are not there as they were.
    package let damage: [String]
}

extension Store {
    /// Reads the files of all runs that go on, as far as there is an index that names them. Changes nothing.
    package static func verifyDefinitions(folder: String) -> DefinitionsReport {
        let (archive, index) = (DefinitionArchive(store: folder), Index(folder: folder))
        let open = index.checkpoints().flatMap { _ in
            try? index.read { try IndexView($0).openDefinitions() }
        }
        var looked: [String: LostDefinitions?] = [:]
        let damage = (open ?? []).compactMap { run, definitions in
            let trouble = looked[definitions] ?? archive.trouble(with: definitions)
            looked[definitions] = trouble
            return trouble.map { "\(run): \($0)" }
        }
        return DefinitionsReport(kept: archive.identities().count, damage: damage)
    }
}
