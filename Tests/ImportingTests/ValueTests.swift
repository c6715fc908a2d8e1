import Foundation
import Model
import Testing

@testable import Importing

@Suite("Values of a file")
struct ValueTests {
    private func record(_ value: [UInt8]) -> (Importing.Record, Importing.Record.Cell) {
        var record = Importing.Record(line: 1)
        (record.bytes, record.writtenCount) = (value, value.count)
        return (record, Importing.Record.Cell(column: 0, value: 0..<value.count, offset: 0))
    }

    @Test(
        "Text loses blanks around it and comes in NFC",
        arguments: [
            ("  Mari  ", "Mari"), ("   ", ""), ("o\u{303}", "õ"), ("\u{5E9}\u{5C1}", "\u{5E9}\u{5C1}"),
            ("Õie", "Õie"),
            ("\u{1100}\u{1161}", "가"),
        ])
    func text(written: String, read: String) throws {
        let (record, cell) = record(Array(written.utf8))
        #expect(Array(try record.text(cell).unicodeScalars) == Array(read.unicodeScalars))
    }

    @Test("Every control character and all that is not UTF-8 is refused")
    func controls() {
        let bytes =
            (0..<0x20).map { [UInt8(ascii: "a"), UInt8($0), UInt8(ascii: "b")] } + [[0x7F], [0xC2, 0x85]]
        for value in bytes + [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
            let (record, cell) = record(value)
            #expect(throws: RowFault.self, "\(value)") { try record.text(cell) }
        }
    }

    @Test("A value of 4,000 bytes is taken, a longer one is not")
    func length() throws {
        let (record, cell) = record([UInt8](repeating: 0x61, count: 4001))
        #expect(throws: RowFault.self) { try record.text(cell) }
        #expect(
            try record.text(Importing.Record.Cell(column: 0, value: 1..<4001, offset: 0)).utf8.count == 4000)
    }

    @Test(
        "Times are read in the workspace's zone, a date as noon",
        arguments: [
            ("2026-11-21", "2026-11-21T10:00:00.000Z"), ("2026-07-01", "2026-07-01T09:00:00.000Z"),
            ("2026-11-21 09:00", "2026-11-21T07:00:00.000Z"),
            ("2026-11-21T09:00:30", "2026-11-21T07:00:30.000Z"),
            ("2026-11-21T09:00:00Z", "2026-11-21T09:00:00.000Z"),
            ("2026-11-21T09:00:00.5+05:30", "2026-11-21T03:30:00.500Z"),
            // The clock goes from 03:00 to 04:00: what it skips means the change, as in schedules.
            ("2026-03-29 02:59", "2026-03-29T00:59:00.000Z"),
            ("2026-03-29 03:30", "2026-03-29T01:00:00.000Z"),
            ("2026-03-29 04:00", "2026-03-29T01:00:00.000Z"),
            // It goes from 04:00 back to 03:00: what it shows twice means the first.
            ("2026-10-25 02:59", "2026-10-24T23:59:00.000Z"),
            ("2026-10-25 03:30", "2026-10-25T00:30:00.000Z"),
            ("2026-10-25 04:00", "2026-10-25T02:00:00.000Z"), ("2001-10-29", "2001-10-29T10:00:00.000Z"),
        ])
    func times(text: String, expected: String) throws {
        var times = LocalTimes(ImportOptions.test.zone)
        for _ in 0..<2 { #expect(try times.instant(text).description == expected) }
    }

    @Test("Every hour of two years comes out as Foundation's calendar has it")
    func everyHour() throws {
        let zone = ImportOptions.test.zone
        var times = LocalTimes(zone)
        for hour in 0..<(2 * 365 * 24) {
            let instant = Timestamp(seconds: Int64(1_767_225_600 + hour * 3600))
            let offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds))))
            let written = Timestamp(seconds: instant.seconds + offset).description.prefix(19)
            let read = try times.instant(String(written))
            let isSecondShowing = read.seconds == instant.seconds - 3600
            #expect(read == instant || isSecondShowing, "\(written)")
        }
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "21.11.2026", "2026-13-01", "2026-02-30", "2026-11-21 25:00", "2026-11-21x09:00", "now",
            "2026-11-21 ",
            "2026-11-21T09:00+2", "20261121",
        ])
    func badTimes(text: String) {
        var times = LocalTimes(ImportOptions.test.zone)
        #expect(throws: ValueFault.self) { try times.instant(text) }
    }

    @Test("Amounts are exact and in one currency")
    func amounts() throws {
        let euro = Currency("EUR")
        #expect(try Amounts.money("12.5", euro).minor == 1250)
        #expect(try Amounts.money("-0.01", euro).minor == -1)
        #expect(try Amounts.money("1500 JPY", nil).minor == 1500)
        for text in ["1,50", "1 000", "1.005", "€5", "1e3", "NaN", "999999999999999999999"] {
            #expect(throws: ValueFault.self, "\(text)") { try Amounts.money(text, euro) }
        }
        #expect(throws: ValueFault.self) { try Amounts.money("5", nil) }
        #expect(try Amounts.money("5 USD", euro).currency.code == "USD")
        #expect(throws: ValueFault.self) { try Amounts.money("5 USD", euro, isFixed: true) }
    }

    @Test("Places are the world's, in its own writing")
    func places() throws {
        var places = Places()
        #expect(try places.country("ee") == "EE")
        #expect(try places.locale("pt_BR") == "pt-BR")
        #expect(try places.locale("he") == "he")
        #expect(try places.timezone("Asia/Almaty") == "Asia/Almaty")
        #expect(try places.timezone("UTC") == "UTC")
        for text in ["UK", "XX", "ß", "E", "EST", "エE"] {
            #expect(throws: ValueFault.self, "\(text)") { try places.country(text) }
        }
        for text in [
            "e", "english-language", "et-", "123", "et EE", "õõ", String(repeating: "ab-", count: 20) + "ab",
        ] {
            #expect(throws: ValueFault.self, "\(text)") { try places.locale(text) }
        }
        for text in [
            "Europe/Nowhere", "../../etc/passwd", "/etc/localtime", "GMT+3", "Tallinn", "Europe/../UTC",
        ] {
            #expect(throws: ValueFault.self, "\(text)") { try places.timezone(text) }
        }
    }
}
