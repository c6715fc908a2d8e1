import Foundation

// embed OUTPUT ROOT FILE...: writes a Swift file that holds the texts of the files. Run by the build.

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first, let root = arguments.dropFirst().first else {
    FileHandle.standardError.write(Data("usage: embed OUTPUT ROOT FILE...\n".utf8))
    exit(2)
}

/// A text as a Swift string literal.
func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": literal += "\\\(scalar)"
        case "\n": literal += "\\n"
        case "\t", " "..."~": literal.unicodeScalars.append(scalar)
        default: literal += scalar.value < 0xA0 ? "\\u{\(String(scalar.value, radix: 16))}" : "\(scalar)"
        }
    }
    return literal + "\""
}

var source = """
    /// The files of the repository's root that every installation has: path and text.
    enum EmbeddedFiles {
        static let texts: [String: String] = [

    """
for path in arguments.dropFirst(2) {
    let bytes = try Data(contentsOf: URL(filePath: root).appending(path: path))
    guard let text = String(data: bytes, encoding: .utf8) else {
        FileHandle.standardError.write(Data("\(path) is not UTF-8\n".utf8))
        exit(1)
    }
    source += "        \(literal(path)): \(literal(text)),\n"
}
source += arguments.count > 2 ? "    ]\n}\n" : "        :\n    ]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
