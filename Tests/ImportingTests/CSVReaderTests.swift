import TestSupport
import Testing

@testable import Importing

@Suite("Comma-separated values")
struct CSVReaderTests {
    /// The header and the rows of a text, or the reason for which a row cannot be read.
    private func rows(of text: String, delimiter: UInt8? = nil, chunkSize: Int = 262_144) throws -> [[String]]
    {
        var reader = try CSVReader(MemorySource(text.utf8), delimiter: delimiter, chunkSize: chunkSize)
        var rows = [reader.names]
        while let record = try reader.next() {
            rows.append(record.fault.map { [$0.reason] } ?? record.cells.map { value($0, of: record) })
        }
        return rows
    }

    private func value(_ cell: Importing.Record.Cell, of record: Importing.Record) -> String {
        String(decoding: record.bytes[cell.value], as: UTF8.self)
    }

    private func faults(in text: String) throws -> [(line: Int, position: Int, reason: String)] {
        var reader = try CSVReader(MemorySource(text.utf8))
        var faults: [(line: Int, position: Int, reason: String)] = []
        while let record = try reader.next() {
            guard let fault = record.fault else { continue }
            let place = record.place(ofByte: fault.offset)
            faults.append((place.line, place.position, fault.reason))
        }
        return faults
    }

    static let cases: [(String, [[String]])] = [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\n3,4\r\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}\"a\",b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("\"a;x;y\",b\n1,2\n", [["a;x;y", "b"], ["1", "2"]]),
        ("a,b\n\"1,2\",\"3\"\"4\"\n", [["a", "b"], ["1,2", "3\"4"]]),
        ("a,b\n\"1\r\n2\",3\n", [["a", "b"], ["1\r\n2", "3"]]),
        ("a,b\n\"\",\"\"\"\"\n", [["a", "b"], ["", "\""]]),
        ("a,b\n\"1\",\"2\"\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n\"1\",\"2\"", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,\n,\n", [["a", "b"], ["1", ""], ["", ""]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a,b\n\n1,2\n\r\n", [["a", "b"], ["1", "2"]]),
        ("a\n\"\"\nx\n\n\r\n", [["a"], [""], ["x"]]),
        ("a,b\nx\"y,z\"\n", [["a", "b"], ["x\"y", "z\""]]),
        ("a,b\nõ,שלום\n", [["a", "b"], ["õ", "שלום"]]),
        ("a,b\n", [["a", "b"]]),
        ("a,b", [["a", "b"]]),
    ]

    @Test("Values are read as they were written", arguments: cases)
    func reading(text: String, expected: [[String]]) throws {
        #expect(try rows(of: text) == expected)
    }

    @Test("It makes no difference where the pieces of the file end", arguments: cases, 4...9)
    func chunks(of example: (String, [[String]]), size: Int) throws {
        let isComma =
            example.1[0].count == 1 || !example.0.utf8.prefix(5).contains { ";\t".utf8.contains($0) }
        guard isComma else { return }
        #expect(try rows(of: example.0, delimiter: .comma, chunkSize: size) == example.1)
    }

    @Test("What was written is read again, whatever it was", arguments: 0..<300)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let delimiter: UInt8 = [.comma, .semicolon, .tab].randomElement(using: &generator) ?? .comma
        let alphabet = Array("ab ,;\t\"'\r\n=õ".utf8) + [0, 0x7F, 0xFF]
        let columns = Int.random(in: 1...5, using: &generator)
        var writer = CSVWriter(delimiter: delimiter)
        writer.write((0..<columns).map { Array("c\($0)".utf8)[...] })
        var written: [[[UInt8]]] = []
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let row = (0..<columns).map { _ in
                (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                }
            }
            written.append(row)
            writer.write(row.map { $0[...] })
        }
        let size = Int.random(in: 4...64, using: &generator)
        var reader = try CSVReader(
            MemorySource(writer.bytes, piece: size), delimiter: delimiter, chunkSize: size)
        var read: [[[UInt8]]] = []
        while let record = try reader.next() {
            #expect(record.fault == nil)
            read.append(record.cells.map { Array(record.bytes[$0.value]) })
        }
        #expect(read == written)
    }

    @Test(
        "A row that cannot be understood is refused alone, at its place",
        arguments: [
            ("a,b\n1,2\n1\n3,4\n", 3, 1, "has 1 values and the header 2"),
            ("a,b\n1,2,3\n3,4\n", 2, 1, "has 3 values and the header 2"),
            ("a,b\nõ,\"2\"x\n3,4\n", 2, 6, "Text follows the quote"),
            ("a,b\n\"1\n2\"x,\n3,4\n", 3, 3, "Text follows the quote"),
            ("a,b\n3,4\na,b\n", 3, 1, "header stands here again"),
            ("a,b\n1,2\n3,\"4\n5,6\n", 3, 3, "never closed"),
        ])
    func refusing(text: String, line: Int, position: Int, reason: String) throws {
        let faults = try faults(in: text)
        #expect(faults.count == 1)
        #expect(faults.first?.line == line)
        #expect(faults.first?.position == position)
        #expect(faults.first?.reason.contains(reason) == true)
    }

    @Test("Empty lines before the header are passed over, and counted")
    func blankStart() throws {
        let text = "\u{FEFF}\r\n\na;b\n1;2\n3\n"
        #expect(try rows(of: text).prefix(2) == [["a", "b"], ["1", "2"]])
        #expect(try faults(in: text).map(\.line) == [5])
    }

    @Test("A value of 10 MB refuses its row and no other")
    func hugeValue() throws {
        for quote in ["", "\""] {
            let huge = quote + String(repeating: "x", count: 10_000_000) + quote
            let rows = try rows(of: "a,b\n1,2\n\(huge),2\n3,4\n")
            #expect(rows.count == 4)
            #expect(rows[2][0].contains("longer than"))
            #expect(rows[3] == ["3", "4"])
        }
    }

    @Test("A million columns in a row are counted and not kept; in the header they refuse the file")
    func millionColumns() throws {
        let commas = String(repeating: ",", count: 999_999)
        let rows = try rows(of: "a,b\n\(commas)\n3,4\n")
        #expect(rows[1][0].contains("has 1000000 values"))
        #expect(rows[2] == ["3", "4"])
        let error = #expect(throws: ImportError.self) { try self.rows(of: commas + "\n") }
        #expect(error?.description.contains("names 1000000 columns") == true)
    }

    @Test("A file that is one endless line is passed through, not kept")
    func endlessLine() throws {
        #expect(throws: ImportError.self) {
            try CSVReader(RepeatingSource(UInt8(ascii: "x"), count: 100_000_000))
        }
        #expect(throws: ImportError.self) { try CSVReader(RepeatingSource(0, count: 100_000_000)) }
    }

    @Test(
        "A header that is none is explained",
        arguments: [
            ("", "is empty"), ("\u{FEFF}", "is empty"), ("a,\"b\n1,2\n", "never closed"),
            ("a,b\u{0}\n", "U+0000"),
            ("a,b\r1,2\r3,4", "line ends are CR alone"), ("\r\ra,b\r1,2\r", "line ends are CR alone"),
            ("\n\r\n", "is empty"),
        ])
    func badHeader(text: String, reason: String) throws {
        let error = #expect(throws: ImportError.self) { try self.rows(of: text) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test(
        "UTF-16 is told from UTF-8", arguments: [[0xFF, 0xFE, 0x61, 0] as [UInt8], [0xFE, 0xFF, 0, 0x61]])
    func utf16(bytes: [UInt8]) throws {
        let error = #expect(throws: ImportError.self) { try CSVReader(MemorySource(bytes)) }
        #expect(error?.description.contains("UTF-16") == true)
    }
}
