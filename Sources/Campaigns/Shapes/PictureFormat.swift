extension Formats {
    /// A picture on the web, or a file inside the workspace that is named like one.
    static let picture = Format<String>(
        "an https address or a picture's file such as `images/roast.jpg`",
        schema: [
            "anyOf": [
                url.schema,
                [
                    "type": "string",
                    "pattern": .string(
                        "^(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\s:{}%]+\\.(?:\(endings.joined(separator: "|")))$"
                    ),
                ],
            ]
        ]
    ) { url.parse($0) ?? (isPictureFile($0) ? $0 : nil) }

    private static let endings = ["png", "jpg", "jpeg", "gif", "webp"].flatMap { [$0, $0.uppercased()] }

    private static func isPictureFile(_ path: String) -> Bool {
        folder.parse(path) != nil && !path.utf8.contains { ":{}%".utf8.contains($0) }
            && endings.contains { path.hasSuffix(".\($0)") && path.utf8.count > $0.utf8.count + 1 }
    }
}
