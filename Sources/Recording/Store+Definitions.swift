import GRDB
import Model

extension Store {
    /// Decides and records as `commitInParts` does. Where that is recipients of runs, the files that those are sent with
    /// are kept before any record names them, and files that no run needs any more go.
    /// - Parameter files: the files of runs that are planned now; nil where runs name none.
    /// - Throws: the error of `decide`, or `StoreError`.
    package func commitInParts<Answer: Sendable>(
        keeping files: DefinitionFiles?,
        _ decide: @Sendable (_ view: IndexView, _ record: @escaping (Event) throws -> Void) throws -> Answer
    ) throws -> Answer {
        guard let files else { return try commitInParts(decide) }
        let (answer, isNew) = try commitInParts { [archive] view, record in
            var isNew = false
            let answer = try decide(view) { event in
                if event.plansRecipients, try archive.keep(files) { isNew = true }
                try record(event)
            }
            return (answer, isNew)
        }
        if isNew { try removeSpareDefinitions() }
        return answer
    }

    /// The files that runs are sent with.
    package var archive: DefinitionArchive { DefinitionArchive(store: folder) }

    /// Under the writer's lock, so that no run is planned with files that are about to go.
    private func removeSpareDefinitions() throws {
        try commit { [archive] view in
            for id in archive.identities() where try !view.needs(id) { archive.remove(id) }
            return ([], ())
        }
    }
}

extension Event {
    fileprivate var plansRecipients: Bool {
        switch self {
        case .runPlanned, .runTriggered: true
        default: false
        }
    }
}

extension IndexView {
    /// Whether a run was planned with other files than these.
    /// - Parameter definitions: names the files; nil for the workspace's as they are.
    package func hasRun(_ id: RunID, withOtherThan definitions: String?) throws -> Bool {
        try !fetch(
            "SELECT 1 FROM runs WHERE id = ? AND definitions IS DISTINCT FROM ?", [id.text, definitions]
        ) { $0[0] as Int }.isEmpty
    }

    /// Whether some files are those of a run that goes on or is paused, or of one that has ended and has messages in
    /// doubt, which a person may want sent again.
    fileprivate func needs(_ definitions: String) throws -> Bool {
        try !fetch(
            """
            SELECT 1 FROM runs WHERE definitions = ? AND (ended IS NULL OR state = 'finished' AND EXISTS (
                SELECT 1 FROM run_counts WHERE run = number AND state IN ('intended', 'in_doubt') AND recipients > 0))
            LIMIT 1
            """, [definitions]
        ) { $0[0] as Int }.isEmpty
    }

    /// The runs that go on, or are paused, with the files that they are sent with, the oldest first.
    func openDefinitions() throws -> [(run: RunID, definitions: String)] {
        try fetch(
            "SELECT id, definitions FROM runs WHERE definitions IS NOT NULL AND ended IS NULL ORDER BY number",
            []
        ) { (RunID($0[0]), $0[1]) }
    }
}
