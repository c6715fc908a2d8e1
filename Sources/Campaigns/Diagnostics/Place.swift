/// Where something stands in a file of the workspace.
///
/// A place never takes part in equality: two conditions that say the same are equal wherever they stand, so
/// that every value holding a place can stay plainly `Hashable`.
package struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The path relative to the workspace, `campaigns/november.yaml`.
    package let file: String
    /// The line, from 1. Lines end at LF, CRLF or CR, as in an editor.
    package let line: Int
    /// The column, from 1, in characters as a reader counts them (extended grapheme clusters, Unicode UAX 29):
    /// `ä` is one whether it was typed as one code point or two, and so is a tab.
    package let column: Int

    /// A place by its parts.
    package init(file: String, line: Int, column: Int) {
        (self.file, self.line, self.column) = (file, line, column)
    }

    /// `campaigns/november.yaml:3:11`.
    package var description: String { "\(file):\(line):\(column)" }

    package static func == (left: Place, right: Place) -> Bool { true }

    package func hash(into hasher: inout Hasher) {}
}
