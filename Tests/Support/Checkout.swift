import Foundation

/// Where the tests run: the repository as it was checked out, and the data that may lie beside it.
package enum Checkout {
    package static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of the published data beside the checkout, whether it is there or not.
    package static func shared(_ path: String) -> URL {
        root.deletingLastPathComponent().appending(path: "shared/data").appending(path: path)
    }
}
