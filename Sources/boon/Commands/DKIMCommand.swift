import ArgumentParser
import Foundation
import MIME

/// `boon dkim`: the keys that sign mail, and what the DNS has to say of them.
struct DKIMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Make keys that sign mail, and check what the DNS says of them.",
        subcommands: [New.self, Check.self])

    /// `boon dkim new`
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key, and print the DNS record and the lines of boon.yaml that go with it.")

        @OptionGroup var place: WorkspaceOptions
        @Argument(help: "The domain that signs: the one of your senders, or above it.")
        var domain: String
        @Argument(help: "The name of the key in the DNS, such as boon1.")
        var selector: String
        @Option(help: "rsa, which every receiver verifies, or ed25519, to sign beside it.")
        var algorithm = DKIMAlgorithm.rsa
        @Option(
            help: ArgumentHelp(
                "The key's file in the workspace; keys/SELECTOR.pem by default. None is written over.",
                valueName: "file"))
        var out: String?

        func run() throws {
            let name = try DKIMName(named: domain, selector)
            let file = out ?? "keys/\(name.selector).pem"
            guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
                throw Failure.usage(
                    "--out takes a path inside the workspace such as keys/boon1.pem, not '\(file)'")
            }
            let key = try DKIMKey(generating: algorithm)
            let path = "\(place.workspace)/\(file)"
            try makeFolder(of: path)
            try PrivateFile.create(Array(key.pem.utf8), at: path)
            Console.note("\(path) holds the private key; keep it secret, and out of version control")
            Console.heading("DNS record")
            Console.print(key.record.zoneLine(for: name))
            Console.print()
            Console.heading("boon.yaml")
            Console.print(lines: settings(name, file))
        }

        private func settings(_ name: DKIMName, _ file: String) -> String {
            switch algorithm {
            case .rsa:
                """
                dkim:
                  domain: \(name.domain)
                  selector: \(name.selector)
                  key: \(file)
                """
            case .ed25519:
                """
                  # under dkim:, beside an RSA key, since many receivers verify no Ed25519
                  second: { selector: \(name.selector), key: \(file) }
                """
            }
        }

        private func makeFolder(of path: String) throws {
            let folder = URL(filePath: path).deletingLastPathComponent()
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw Failure.outside("\(folder.path) cannot be made: \(error.localizedDescription)")
            }
        }
    }

    /// `boon dkim check`
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Compare the keys of boon.yaml with a DNS record; without one, print what should be there.",
            discussion:
                "A record may be given as `dig +short TXT` prints it, in quoted strings, or as a zone's line."
        )

        @OptionGroup var place: WorkspaceOptions
        @Option(help: ArgumentHelp("The text of the DNS record.", valueName: "text"))
        var record: String?
        @Option(help: ArgumentHelp("A file with the DNS record.", valueName: "file"))
        var recordFile: String?
        @Option(help: "The key that the record is for; the first of boon.yaml by default.")
        var selector: String?

        func validate() throws {
            if record != nil, recordFile != nil {
                throw ValidationError("--record and --record-file cannot be said together")
            }
        }

        func run() throws {
            let keys = try chosen(among: place.open().signingKeys())
            guard let published = try record ?? recordFile.map(InputFile.text), let key = keys.first else {
                for key in keys { Console.print(key.key.record.zoneLine(for: key.name)) }
                return
            }
            let faults = DKIMRecord.faults(
                of: Self.record(in: published, for: key.name), expected: key.key.record)
            guard !faults.isEmpty else {
                return Console.note("the record of \(key.name) holds the key of \(key.file)")
            }
            for fault in faults { Console.print(fault.description) }
            Console.note("what should be there:")
            Console.note(key.key.record.zoneLine(for: key.name))
            throw ExitCode(Failure.Kind.input.rawValue)
        }

        private func chosen(among keys: [SigningKey]) throws -> [SigningKey] {
            guard !keys.isEmpty else {
                throw Failure.input("boon.yaml has no dkim; 'boon dkim new' makes a key and says what to add")
            }
            guard let selector else { return keys }
            guard let key = keys.first(where: { $0.name.selector == selector.lowercased() }) else {
                throw Failure.input(.unknown(selector, among: keys.map(\.name.selector), called: "selector"))
            }
            return [key]
        }

        /// The strings of a record without anything between them (RFC 6376, section 3.6.2.2). Quotes enclose each
        /// where there are any; a text without is one string.
        private static func record(in text: String, for name: DKIMName) -> String {
            let record = zoneEntry(of: name, in: text) ?? text
            let pieces = record.split(separator: "\"", omittingEmptySubsequences: false)
            guard pieces.count > 1 else { return record.trimmingCharacters(in: .whitespacesAndNewlines) }
            return pieces.indices.filter { !$0.isMultiple(of: 2) }.map { pieces[$0] }.joined()
        }

        /// The lines of a zone file that belong to a name: its own, and those after it that begin with a blank.
        private static func zoneEntry(of name: DKIMName, in text: String) -> String? {
            let lines = text.split(whereSeparator: \.isNewline)
            guard let first = lines.firstIndex(where: { $0.lowercased().hasPrefix("\(name)") }) else {
                return nil
            }
            let rest = lines[(first + 1)...].prefix { $0.first?.isWhitespace == true }
            return ([lines[first]] + rest).joined(separator: "\n")
        }
    }
}

extension DKIMName {
    /// - Throws: `Failure` for what is no domain or no selector.
    fileprivate init(named domain: String, _ selector: String) throws {
        do throws(DKIMError) {
            try self.init(domain: domain, selector: selector)
        } catch {
            throw Failure.input(error.description)
        }
    }
}

extension DKIMAlgorithm: ExpressibleByArgument {}
