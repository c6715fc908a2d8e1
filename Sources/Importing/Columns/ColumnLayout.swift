import Model

/// What each column of a file means, by its position.
struct ColumnLayout<Column: ImportColumn> {
    /// What is done with a column.
    enum Target {
        case taken(Column)
        case ignored
        /// What a refused row could not place in its columns: nothing is taken before that is done.
        case surplus
        /// Nobody said what it means, and what to do about that.
        case unknown(String)
    }

    /// The columns of the file, as far as they are known.
    private(set) var names: [String] = []
    private(set) var targets: [Target] = []
    /// Whether the file holds rows that an earlier import refused: its own columns are passed over, and the
    /// `'` it puts before dangerous values is taken off again.
    private(set) var isRejectedFile = false

    private let map: [String: String]
    private let ignored: Set<String>
    private var positions: [Column: Int] = [:]

    init(_ options: ImportOptions) {
        (map, ignored) = (options.map, options.ignored)
    }

    /// Whether some column means this.
    func has(_ column: Column) -> Bool { positions[column] != nil }

    /// Takes note of columns that a reader has come upon since the last time.
    mutating func extend(to names: [String]) {
        for name in names.dropFirst(self.names.count) {
            self.names.append(name)
            targets.append(target(of: name))
        }
    }

    private mutating func target(of name: String) -> Target {
        if ignored.contains(name) { return .ignored }
        if RejectedFile.columns.contains(name) {
            isRejectedFile = true
            return name == RejectedFile.surplus ? .surplus : .ignored
        }
        let ours = map[name] ?? name
        guard let column = Column(name: ours) else { return .unknown(Self.sentence(unknown: name, ours)) }
        if let earlier = positions[column] {
            return .unknown(
                "Columns \(earlier + 1) ('\(names[earlier].shortened)') and \(names.count) ('\(name.shortened)')"
                    + " both mean '\(column.name)'; leave one out or map it to something else.")
        }
        positions[column] = names.count - 1
        return .taken(column)
    }

    private static func sentence(unknown name: String, _ ours: String) -> String {
        let near = Nearest.word(to: ours, among: Column.names).map { " Did you mean '\($0)'?" } ?? ""
        if ours != name {
            return
                "Column '\(name.shortened)' is mapped to '\(ours.shortened)', which is no column Boon knows.\(near)"
        }
        if name.isEmpty { return "Column without a name: name it in the header, or say --ignore ''." }
        return "Column '\(name.shortened)' is not known.\(near)"
            + " Say --map '\(name.shortened)=OURS' or --ignore '\(name.shortened)'."
    }

    /// Checks the header of a table, whose columns are all known before its rows.
    /// - Throws: `ImportError` that names every unknown column at once.
    func checkHeader() throws(ImportError) {
        let faults = targets.compactMap { target -> String? in
            if case .unknown(let sentence) = target { sentence } else { nil }
        }
        if !faults.isEmpty { throw ImportError(.usage, faults.prefix(10).joined(separator: " ")) }
        let missing = map.keys.filter { !names.contains($0) }.sorted()
        if let name = missing.first {
            throw ImportError(
                .usage,
                "--map names the column '\(name)', which the file does not have; it has "
                    + "\(names.prefix(20).map(\.shortened).joined(separator: ", ")).")
        }
    }
}

extension ColumnLayout<OrderColumn> {
    /// The columns that are about the customer alone, by their names in the file.
    var customerColumns: [String] {
        zip(names, targets).compactMap { name, target in
            if case .taken(.customer) = target { name } else { nil }
        }
    }
}
