import Foundation
import Testing

@testable import Campaigns

@Suite("A workspace on disk")
struct WorkspaceFilesTests {
    /// A workspace in a folder of its own, removed afterwards.
    private func inWorkspace(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "boon-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in Workspace.good {
            let url = folder.appendingPathComponent("ws/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try body(folder)
    }

    private func read(_ folder: URL) throws -> Definitions {
        try Definitions.read(workspace: folder.appendingPathComponent("ws").path, environment: [:])
    }

    @Test("Files are found in any folder, others are left alone")
    func folders() throws {
        try inWorkspace { folder in
            let deep = folder.appendingPathComponent("ws/campaigns/a/b")
            try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
            try Data("segments: { deep: subscribed }".utf8).write(to: deep.appendingPathComponent("s.yml"))
            try Data("not yaml: [".utf8).write(to: deep.appendingPathComponent("notes.txt"))
            try Data("not yaml: [".utf8).write(to: deep.appendingPathComponent(".hidden.yaml"))
            let definitions = try read(folder)
            #expect(definitions.diagnostics == [])
            #expect(definitions.segments["deep"]?.place.file == "campaigns/a/b/s.yml")
        }
    }

    @Test(
        "A link that leads out of the workspace is refused, one inside is followed", arguments: [true, false])
    func links(leadsOut: Bool) throws {
        try inWorkspace { folder in
            let target = folder.appendingPathComponent(leadsOut ? "outside.yaml" : "ws/inside.txt")
            try Data("segments: { linked: subscribed }".utf8).write(to: target)
            let link = folder.appendingPathComponent("ws/campaigns/link.yaml")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
            let definitions = try read(folder)
            #expect(
                definitions.diagnostics.map(\.message)
                    == (leadsOut ? ["a link leads out of the workspace"] : []))
            #expect((definitions.segments["linked"] == nil) == leadsOut)
        }
    }

    @Test(
        "A pipe holds nothing up, and it and a link to nothing are told once",
        arguments: ["boon.yaml", "campaigns/odd.yaml", "campaigns/odd"], [true, false])
    func odd(path: String, isPipe: Bool) throws {
        try inWorkspace { folder in
            let odd = folder.appendingPathComponent("ws/\(path)").path
            try? FileManager.default.removeItem(atPath: odd)
            if isPipe {
                #expect(mkfifo(odd, 0o600) == 0)
            } else {
                try FileManager.default.createSymbolicLink(atPath: odd, withDestinationPath: "nowhere")
            }
            let told = try read(folder).diagnostics.filter { $0.file == path }.map(\.message)
            // A pipe with any other name is as little of a workspace as a text with one.
            let isRead = path.hasSuffix(".yaml")
            #expect(told == (isPipe ? (isRead ? ["this is no plain file"] : []) : ["a link leads nowhere"]))
        }
    }

    @Test("A folder that links out, or in a circle, is not walked")
    func linkedFolders() throws {
        try inWorkspace { folder in
            let campaigns = folder.appendingPathComponent("ws/campaigns")
            for (name, target) in [("out", "/tmp"), ("round", campaigns.path)] {
                try FileManager.default.createSymbolicLink(
                    atPath: campaigns.appendingPathComponent(name).path, withDestinationPath: target)
            }
            let definitions = try read(folder)
            #expect(definitions.diagnostics.contains { $0.file == "campaigns/out" })
            #expect(definitions.hasErrors)
        }
    }

    @Test("A folder that is not there is an error that says so")
    func missing() {
        #expect(throws: WorkspaceError.self) {
            try Definitions.read(workspace: "/no/such/folder", environment: [:])
        }
    }
}
