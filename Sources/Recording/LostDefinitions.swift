/// That the files which a run is sent with are not kept as they were. Each message says what to do.
package enum LostDefinitions: Error, Hashable, CustomStringConvertible {
    case missing(String)
    case changed(String)

    package var description: String {
        let (folder, trouble) =
            switch self {
            case .missing(let folder): (folder, "missing")
            case .changed(let folder): (folder, "not what they were")
            }
        return
            "the files that the run is sent with are \(trouble): restore \(folder) from a backup and resume the run, "
            + "or cancel it"
    }
}
