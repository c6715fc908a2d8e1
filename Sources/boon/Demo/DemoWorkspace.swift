import Foundation
import Model

/// A fresh workspace made from the files in the binary, whose relay is the development inbox.
struct DemoWorkspace {
    let path: String

    /// Writes the files into a new folder for temporary files.
    /// - Parameters:
    ///   - smtpPort: where the inbox takes mail.
    ///   - today: the example's last order is moved to the day before, and all others with it.
    init(smtpPort: Int, today: CalendarDate) throws {
        path =
            FileManager.default.temporaryDirectory.appending(path: "boon-demo-\(UUID().uuidString.prefix(8))")
            .path
        for (name, text) in EmbeddedFiles.texts {
            let file = URL(filePath: path).appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let content =
                switch name {
                case "boon.yaml": text.replacing(":2525", with: ":\(smtpPort)")
                case "examples/orders.csv": Self.orders(text, endingBefore: today)
                default: text
                }
            try content.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// A file of the workspace.
    func file(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// The example's orders on later days: points of old orders would have expired.
    private static func orders(_ csv: String, endingBefore today: CalendarDate) -> String {
        var rows = csv.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let column = rows.first?.firstIndex(of: "at") else { return csv }
        let days = rows.dropFirst().compactMap { CalendarDate($0[column].prefix(10)) }
        guard let last = days.max() else { return csv }
        let shift = today.daysSinceEpoch - 1 - last.daysSinceEpoch
        for index in rows.indices {
            guard let day = CalendarDate(rows[index][column].prefix(10)) else { continue }
            rows[index][column] = "\(day.adding(days: shift))" + rows[index][column].dropFirst(10)
        }
        return rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }
}
