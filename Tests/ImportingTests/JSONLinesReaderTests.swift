import Testing

@testable import Importing

@Suite("JSON Lines")
struct JSONLinesReaderTests {
    /// The values of each line by name, or the reason for which it cannot be read.
    private func rows(of text: String, chunkSize: Int = 262_144) throws -> [[String: String]] {
        var reader = try JSONLinesReader(MemorySource(text.utf8), chunkSize: chunkSize)
        var rows: [[String: String]] = []
        while let record = try reader.next() {
            var row: [String: String] = [:]
            for cell in record.cells {
                row[reader.names[cell.column]] = String(decoding: record.bytes[cell.value], as: UTF8.self)
            }
            if let fault = record.fault { row = ["fault": fault.reason] }
            rows.append(row)
        }
        return rows
    }

    @Test("Members are columns, numbers are texts, lists are joined and objects flattened", arguments: 1...40)
    func reading(chunkSize: Int) throws {
        let text = """
            {"id":"c-1","total":12.50,"vip":true,"city":null,"name":"a\\"\\u00f5\\n"}
            \r
            {"tags":["a","b"],"attributes":{"plan":"pro","seats":3}}
            """
        let rows = try rows(of: text, chunkSize: max(chunkSize, 3))
        #expect(
            rows == [
                ["id": "c-1", "total": "12.50", "vip": "true", "city": "", "name": "a\"õ\n"],
                ["tags": "a|b", "attributes.plan": "pro", "attributes.seats": "3"],
            ])
    }

    @Test(
        "A line that is no object of values is refused alone",
        arguments: [
            "{", "[1]", "{\"a\":1}{", "{\"a\":1,\"a\":2}", "{\"a\":[1]}", "{\"a\":[{}]}",
            "{\"a\":{\"b\":{}}}",
            "{\"a\":\"\\ud800\"}", "{\"a\":\"\u{1}\"}", "{\"a\":01}", "null",
            "{\"\\u001b[31m\":1}", "{\"\\u001b\":1,\"\\u001b\":1}",
            "{\"\(String(repeating: "k", count: 300))\":1}",
        ])
    func refusing(line: String) throws {
        let rows = try rows(of: "{\"a\":1}\n\(line)\n{\"a\":2}\n")
        #expect(rows.count == 3)
        let fault = try #require(rows[1]["fault"])
        #expect(!fault.utf8.contains { $0 < 0x20 || $0 == 0x7F })
        #expect(rows[2] == ["a": "2"])
    }

    @Test("A line of 10 MB and a thousand new names refuse their line and no other")
    func limits() throws {
        let huge = "{\"a\":\"" + String(repeating: "x", count: 10_000_000) + "\"}"
        let many = "{" + (0..<1100).map { "\"n\($0)\":1" }.joined(separator: ",") + "}"
        let rows = try rows(of: "\(huge)\n\(many)\n{\"n1\":2}\n")
        #expect(rows[0]["fault"]?.contains("longer than") == true)
        #expect(rows[1]["fault"]?.contains("more than 1000") == true)
        #expect(rows[2] == ["n1": "2"])
    }
}
