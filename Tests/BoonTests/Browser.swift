import Foundation
import TestSupport
import Testing

/// Chromium without a window, as a measuring rod for mails.
enum Browser {
    enum Colours: String, CaseIterable, Sendable {
        case light, dark
    }

    /// How one mail is laid out at one width, in CSS pixels.
    struct Layout: Decodable {
        let name: String
        let width: Int
        /// The width that the content needs.
        let needed: Int
        let height: Int
        /// Whether the mail was asked for its dark colours.
        let isDark: Bool
    }

    private static let executable = Executable("chromium", "chromium-browser", "google-chrome")
    static let isInstalled = executable != nil

    /// Shows each mail in frames of the given widths on one page, which writes what it measures into itself.
    static func layouts(
        of mails: [String: String], widths: [Int], colours: Colours, in shop: Shop
    ) async throws -> [Layout] {
        let executable = try #require(executable)
        try shop.write(page(mails, widths), to: "frames.html")
        let scheme = colours == .dark ? 0 : 1
        let ended = try await Boon.run(
            executable.url.path,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(shop.file("browser"))",
                "--blink-settings=preferredColorScheme=\(scheme)", "--virtual-time-budget=10000",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", "file://\(shop.file("frames.html"))",
            ])
        let marks = ended.output.ranges(of: "@@")
        try #require(marks.count == 2, "\(ended.errors)")
        let measured = ended.output[marks[0].upperBound..<marks[1].lowerBound]
        return try JSONDecoder().decode([Layout].self, from: Data(measured.utf8))
    }

    private static func page(_ mails: [String: String], _ widths: [Int]) throws -> String {
        let frames = mails.flatMap { name, html in widths.map { Frame(name: name, width: $0, html: html) } }
        // `</` would end the script; a JSON string may say it so.
        let json = String(decoding: try JSONEncoder().encode(frames), as: UTF8.self).replacing(
            "</", with: "<\\/")
        return """
            <!doctype html><meta charset="utf-8"><pre id="result"></pre><script>
            const frames = \(json).map(({ name, width, html }) => {
              const frame = document.createElement('iframe')
              frame.style.cssText = `border: 0; width: ${width}px; height: 800px`
              frame.srcdoc = html
              document.body.append(frame)
              return { name, width, frame }
            })
            addEventListener('load', () => {
              const layouts = frames.map(({ name, width, frame }) => {
                const root = frame.contentDocument.documentElement
                const isDark = frame.contentWindow.matchMedia('(prefers-color-scheme: dark)').matches
                return { name, width, needed: root.scrollWidth, height: root.scrollHeight, isDark }
              })
              const mark = '@' + '@'
              document.getElementById('result').textContent = mark + JSON.stringify(layouts) + mark
            })
            </script>

            """
    }

    private struct Frame: Encodable {
        let name: String
        let width: Int
        let html: String
    }
}
