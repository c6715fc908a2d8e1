import Foundation
import Testing

extension EndToEnd {
    @Suite("boon render")
    struct RenderTests {
        /// A folder with a template and its data.
        private static func folder(_ template: String, data: String = #"{"name": "<b>\u00d5ie</b>"}"#) throws
            -> Shop
        {
            let shop = try Shop()
            try shop.write(template, to: "page.liquid")
            try shop.write(data, to: "data.json")
            return shop
        }

        private static func render(_ shop: Shop, _ options: String...) async throws -> Boon.Ended {
            try await Boon.run(["render", "page.liquid", "--data", "data.json"] + options, in: shop.path)
        }

        @Test(
            "Exactly the rendered bytes are written",
            arguments: [
                ("{{ name }}", "&lt;b&gt;Õie&lt;/b&gt;"), ("", ""), ("a\r\n\n", "a\r\n\n"),
                ("a\t ", "a\t "),
                ("{{ missing }}{% assign x = 1 %}{{ x }}", "1"),
            ])
        func bytes(template: String, expected: String) async throws {
            let ended = try await Self.render(Self.folder(template))
            #expect(ended.code == 0)
            #expect(Array(ended.output.utf8) == Array(expected.utf8))
            #expect(ended.errors == "")
        }

        @Test("--no-escape leaves values as they are")
        func plain() async throws {
            #expect(try await Self.render(Self.folder("{{ name }}"), "--no-escape").output == "<b>Õie</b>")
        }

        @Test("Partials come from the template's folder, or from the one that is named")
        func partials() async throws {
            let shop = try Self.folder("{% render 'card', name: name %}{% include 'card' %}")
            try shop.write("[{{ name }}]", to: "card.liquid")
            try shop.write("({{ name }})", to: "other/card.liquid")
            #expect(try await Self.render(shop, "--no-escape").output == "[<b>Õie</b>][<b>Õie</b>]")
            let other = try await Self.render(shop, "--no-escape", "--templates", "other")
            #expect(other.output == "(<b>Õie</b>)(<b>Õie</b>)")
        }

        @Test(
            "A wrong template says where, exits with 1 and writes nothing to standard output",
            arguments: [
                ("before {% if %}", "page.liquid:1:"), ("before\n{{ name | bogus }}", "page.liquid:2:"),
                ("before {% render 'nowhere' %}", "page.liquid:1:"),
                (
                    "before {% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}",
                    "page.liquid:1:"
                ),
            ])
        func wrong(template: String, place: String) async throws {
            let ended = try await Self.render(Self.folder(template))
            #expect(ended.code == 1)
            #expect(ended.output == "")
            #expect(ended.errors.hasPrefix(place), "\(ended.errors)")
        }

        @Test(
            "A partial outside of its folder is refused, whatever way leads there",
            arguments: [
                "../secret", "..%2fsecret", "/etc/hostname", "link", "folder/../../secret", "linked/secret",
            ])
        func traversal(name: String) async throws {
            let shop = try Shop()
            try shop.write("outside", to: "secret.liquid")
            try shop.write("before {% render '\(name)' %}", to: "inside/page.liquid")
            try FileManager.default.createSymbolicLink(
                atPath: shop.file("inside/link.liquid"), withDestinationPath: "../secret.liquid")
            try FileManager.default.createSymbolicLink(
                atPath: shop.file("inside/linked"), withDestinationPath: "..")
            let ended = try await Boon.run(["render", shop.file("inside/page.liquid")])
            #expect(ended.code == 1)
            #expect(ended.output == "")
            #expect(ended.errors.contains("page.liquid:1:"), "\(ended.errors)")
        }

        @Test(
            "Data that is not one JSON object is refused with its place",
            arguments: [
                ("{\n \"a\": }", "data.json:2:7: "), ("[1]", "data.json:1:1: "), ("", "data.json:1:1: "),
            ])
        func data(text: String, place: String) async throws {
            let ended = try await Self.render(Self.folder("x", data: text))
            #expect(ended.code == 1)
            #expect(ended.output == "")
            #expect(ended.errors.contains(place), "\(ended.errors)")
        }

        @Test(
            "Data and templates come out of pipes as well as out of files",
            arguments: [
                "cat data.json | $0 render page.liquid --data /dev/stdin",
                "$0 render page.liquid --data <(cat data.json)",
                "mkfifo pipe.liquid; cat page.liquid > pipe.liquid & $0 render pipe.liquid --data data.json",
                "cat page.liquid | $0 render /dev/stdin --data data.json",
            ])
        func pipes(line: String) async throws {
            let shop = try Self.folder("Tere, {{ name }}!")
            let ended = try await Boon.run("/bin/bash", ["-c", line, Boon.path], in: shop.path)
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(ended.output == "Tere, &lt;b&gt;Õie&lt;/b&gt;!")
        }

        @Test("A folder, nothing at all and a pipe without end are refused in a sentence that is true")
        func unreadable() async throws {
            let shop = try Self.folder("x")
            for (data, words) in [
                (".", ". cannot be read; check that it is a file"), ("none", "none cannot be read"),
                ("/dev/zero", "/dev/zero has more than 64 MB"),
            ] {
                let ended = try await Boon.run(["render", "page.liquid", "--data", data], in: shop.path)
                #expect(ended.code == 1)
                #expect(ended.output == "")
                #expect(ended.errors.contains(words), "\(ended.errors)")
            }
        }
    }
}
