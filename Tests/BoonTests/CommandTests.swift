import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Every command")
    struct CommandTests {
        @Test(
            "Every command and group explains itself with --help, exit code 0 and nothing on standard error")
        func help() async throws {
            let manual = try await Manual.read()
            #expect(manual.commands.count > 20)
            for command in manual.commands {
                let ended = try await Boon.run(command.path + ["--help"])
                #expect(ended.code == 0, "\(command)")
                #expect(ended.errors == "")
                #expect(
                    ended.output.contains((["USAGE: boon"] + command.path).joined(separator: " ")),
                    "\(command)")
            }
        }

        @Test("A group without a command prints its help, exit code 0")
        func groups() async throws {
            for command in try await Manual.read().commands where command.isGroup {
                let ended = try await Boon.run(command.path)
                #expect(ended.code == 0, "\(command): \(ended.errors)")
                #expect(ended.output.contains("SUBCOMMANDS"), "\(command)")
            }
        }

        @Test("docs/commands.md names every command")
        func documented() async throws {
            let text = try String(
                contentsOf: Checkout.root.appending(path: "docs/commands.md"), encoding: .utf8)
            for command in try await Manual.read().commands where !command.isGroup {
                #expect(text.contains((["`boon"] + command.path).joined(separator: " ")), "\(command)")
            }
        }

        @Test("Every command refuses an unknown option with exit code 2 and nothing on standard output")
        func unknownOption() async throws {
            for command in try await Manual.read().commands {
                let ended = try await Boon.run(command.path + ["--bogus"])
                #expect(ended.code == 2, "\(command): \(ended.errors)")
                #expect(ended.output == "")
                #expect(ended.errors.hasPrefix("Error: "), "\(command): \(ended.errors)")
            }
        }

        @Test("Every listing is JSON with --json")
        func json() async throws {
            let shop = try await CoffeeShop.copy()
            _ = try await shop.boon("send", "coffee-fair")
            let run = try #require(
                (await shop.json("runs", "list") as? [[String: Any]])?.first?["run"] as? String)
            let listings = [
                ["customers", "show", "c-1001"], ["points", "balance", "c-1001"],
                ["points", "statement", "c-1001"],
                ["bounces", "read", shop.file("campaigns")], ["runs", "list"], ["runs", "show", run],
                ["store", "verify"], ["surveys", "report", "nps"],
                ["segments", "list"], ["segments", "count", "vip"], ["segments", "show", "vip"],
                ["segments", "explain", "vip", "c-1001"], ["plan"],
            ]
            for listing in listings {
                let ended = try await Boon.run(listing + ["--json", "--workspace", shop.path])
                #expect(ended.code == 0, "\(listing): \(ended.errors)")
                #expect(throws: Never.self, "\(listing)") { try ended.json() }
            }
            let known = try await Manual.read().commands.filter { $0.options.contains("--json") }
            #expect(Set(known.map { $0.path.prefix(2) }) == Set(listings.map { $0.prefix(2) }))
        }

        @Test(
            "Every kind of file has a schema that is JSON",
            arguments: ["campaign", "segments", "programme", "survey", "contest", "settings"])
        func schema(kind: String) async throws {
            let schema = try await Boon.run(["schema", kind]).json() as? [String: Any]
            #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        }

        @Test("A negative number is a number")
        func negative() async throws {
            let shop = try await CoffeeShop.copy()
            try await shop.succeed("points", "adjust", "c-1001", "50", "--reason", "a broken cup")
            let ended = try await shop.succeed(
                "points", "adjust", "c-1001", "-20", "--reason", "it was not broken")
            #expect(ended.output.contains("20 points taken from c-1001"))
        }
    }
}

/// A wrong call of a command and what comes of it.
struct WrongCall: Sendable, CustomTestStringConvertible {
    let code: Int32
    let arguments: [String]
    /// What the sentence must name.
    let names: String

    init(_ code: Int32, _ line: String, names: String) {
        (self.code, arguments, self.names) = (code, line.split(separator: " ").map(String.init), names)
    }

    var testDescription: String { arguments.joined(separator: " ") }

    /// The input is wrong: exit code 1.
    static let input = [
        WrongCall(1, "customers show nobody", names: "nobody"),
        WrongCall(1, "points balance nobody", names: "nobody"),
        WrongCall(1, "points statement nobody@shop.example", names: "nobody@shop.example"),
        WrongCall(1, "points adjust nobody 5 --reason why", names: "nobody"),
        WrongCall(1, "points adjust c-1001 9223372036854775807 --reason why", names: "points"),
        WrongCall(1, "points adjust c-1001 0 --reason why", names: "0"),
        WrongCall(1, "points spend nobody 5", names: "nobody"),
        WrongCall(1, "points spend c-1001 1000000", names: "66 are available"),
        WrongCall(1, "points spend c-1001 --reward teapot", names: "espresso, bag, tasting"),
        WrongCall(1, "preview teapot --customer c-1001", names: "november-thanks"),
        WrongCall(1, "preview november-thanks --customer nobody", names: "nobody"),
        WrongCall(1, "send teapot", names: "november-thanks"),
        WrongCall(1, "runs show teapot", names: "teapot"),
        WrongCall(1, "surveys report teapot", names: "nps"),
        WrongCall(1, "surveys answer nps nobody score=9", names: "nobody"),
        WrongCall(1, "surveys answer nps c-1001 score=11", names: "0 to 10"),
        WrongCall(1, "customers import missing.csv", names: "missing.csv"),
        WrongCall(1, "orders import missing.csv", names: "missing.csv"),
        WrongCall(1, "render missing.liquid", names: "missing.liquid"),
    ]

    /// The usage is wrong: exit code 2.
    static let usage = [
        WrongCall(2, "customers show", names: "<customer>"),
        WrongCall(2, "points adjust c-1001 5", names: "--reason"),
        WrongCall(2, "points adjust c-1001 five --reason why", names: "five"),
        WrongCall(2, "points spend c-1001", names: "--reward"),
        WrongCall(2, "points spend c-1001 5 --reward espresso", names: "espresso"),
        WrongCall(2, "points balance c-1001 --as-of yesterday", names: "--as-of"),
        WrongCall(2, "preview november-thanks", names: "--customer"),
        WrongCall(
            2, "preview november-thanks --customer c-1001 --out mail.pdf", names: ".html, .txt or .eml"),
        WrongCall(2, "send november-thanks --limit 0", names: "--limit"),
        WrongCall(2, "schema teapot", names: "programme"),
        WrongCall(2, "customers import examples/customers.csv --map id", names: "--map"),
        WrongCall(2, "customers import examples/customers.csv --consent maybe", names: "maybe"),
        WrongCall(2, "customers import examples/customers.csv --currency euro", names: "euro"),
        WrongCall(2, "orders import examples/customers.csv", names: "No column is 'at'"),
        WrongCall(2, "surveys answer nps c-1001 mood=9", names: "score"),
        WrongCall(2, "surveys answer nps c-1001", names: "<question=answer>"),
        WrongCall(2, "teapot", names: "teapot"),
    ]

    /// Something outside failed: exit code 3.
    static let outside = [
        WrongCall(
            3, "preview november-thanks --customer c-1001 --out missing/mail.eml", names: "missing/mail.eml"),
        WrongCall(3, "send coffee-fair", names: "No relay takes messages"),
    ]
}

@Suite("Wrong calls")
struct WrongCallTests {
    @Test(
        "A wrong call ends with its exit code, one sentence on standard error and an unchanged store",
        arguments: WrongCall.input + WrongCall.usage)
    func calls(call: WrongCall) async throws {
        let shop = try await CoffeeShop.copy()
        let points = try shop.contents("store/points.jsonl")
        let ended = try await Boon.run(call.arguments, in: shop.path)
        expect(ended, call)
        #expect(try shop.contents("store/points.jsonl") == points)
        #expect(!FileManager.default.fileExists(atPath: shop.file("store/mail.jsonl")))
    }

    @Test("What fails outside ends with exit code 3 and says what failed", arguments: WrongCall.outside)
    func outside(call: WrongCall) async throws {
        let shop = try await CoffeeShop.copy()
        let ended = try await Boon.run(call.arguments, in: shop.path)
        #expect(ended.code == 3)
        #expect(ended.complaints.last?.hasPrefix("error: ") == true, "\(ended.errors)")
        #expect(ended.errors.contains(call.names), "\(ended.errors)")
    }

    /// Our own sentences are one line; the parser of command lines adds help and usage to its own.
    private func expect(_ ended: Boon.Ended, _ call: WrongCall) {
        #expect(ended.code == call.code, "\(ended.errors)")
        #expect(ended.output == "")
        #expect(ended.errors.contains(call.names), "\(ended.errors)")
        if !ended.errors.hasPrefix("Error: ") {
            #expect(ended.errors.hasPrefix("error: ") && ended.complaints.count == 1, "\(ended.errors)")
        } else {
            #expect(call.code == 2)
        }
    }

    @Test("A folder without boon.yaml is no workspace, exit code 1")
    func noWorkspace() async throws {
        let shop = try Shop()
        try shop.remove("boon.yaml")
        for command in [
            ["customers", "show", "c-1"], ["runs", "list"], ["send", "letter"], ["store", "verify"],
        ] {
            let ended = try await Boon.run(command + ["--workspace", shop.path])
            #expect(ended.code == 1, "\(command)")
            #expect(ended.errors.contains("boon.yaml"), "\(ended.errors)")
        }
    }

    @Test("Without a programme there are no points to change, exit code 1")
    func noProgramme() async throws {
        let shop = try Shop()
        try shop.write(Letter.customers(1), to: "customers.csv")
        try await shop.succeed("customers", "import", shop.file("customers.csv"))
        for command in [["earn"], ["adjust", "c-1", "5", "--reason", "why"], ["spend", "c-1", "5"]] {
            let ended = try await Boon.run(["points"] + command + ["--workspace", shop.path])
            #expect(ended.code == 1)
            #expect(ended.errors.contains("programme"), "\(ended.errors)")
        }
    }

    @Test("Before anything was recorded there is nothing to verify, and the command says so")
    func nothingToVerify() async throws {
        let ended = try await Shop().boon("store", "verify")
        #expect(ended.code == 3)
        #expect(ended.complaints.count == 1 && ended.errors.contains("nothing was recorded yet"))
    }

    @Test("A store that cannot be made ends with exit code 3")
    func noStore() async throws {
        let shop = try Shop()
        try shop.write("in the way", to: "store")
        let ended = try await shop.boon("runs", "list")
        #expect(ended.code == 3)
        #expect(ended.complaints.count == 1)
        #expect(ended.errors.contains(shop.file("store")), "\(ended.errors)")
    }

    @Test(
        "Refused rows end an import with exit code 1 and name file, line, column and reason; good rows are kept"
    )
    func refusedRows() async throws {
        let shop = try Shop()
        try shop.write(
            "id,email,consent\nc-1,c1@shop.example,subscribed\nc-2,not an address,subscribed\n",
            to: "customers.csv")
        let ended = try await shop.boon("customers", "import", shop.file("customers.csv"))
        #expect(ended.code == 1)
        #expect(ended.output.contains("1 customer added"))
        #expect(
            ended.complaints.first?.hasPrefix("\(shop.file("customers.csv")):3:5: error: email: ") == true,
            "\(ended.errors)")
        #expect(ended.complaints.last?.hasPrefix("error: 1 row refused") == true)
        #expect(try shop.contents("customers.csv.rejected.csv").count > 0)
        #expect(try await shop.verify()["customers"] == 1)
    }
}
