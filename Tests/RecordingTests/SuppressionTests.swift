import Foundation
import Model
import Testing

@testable import Recording

@Suite("Suppressions and bounces in the index")
struct SuppressionTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        let clock = TickingClock()
        store = try Store(folder: folder.path) { clock.next() }
        try store.record((1...3).map { .customerSaved(customer($0)) })
    }

    private func mailable() throws -> [CustomerID] {
        try store.read { try $0.subscribedCustomers(after: nil, limit: 10) }.map(\.id)
    }

    private func suppress(_ reason: Suppression.Reason, _ customer: CustomerID = "c-2") throws {
        try store.record([
            .addressSuppressed(
                Suppression(customer: customer, reason: reason, detail: "550 no", actor: "boon"))
        ])
    }

    private func giveNewAddress() throws {
        var changed = customer(2)
        changed.email = "new@example.com"
        try store.record([.customerSaved(changed)])
    }

    @Test("A suppressed customer is no recipient until restored", arguments: Suppression.Reason.allCases)
    func suppressed(reason: Suppression.Reason) throws {
        try suppress(reason)
        #expect(try mailable() == ["c-1", "c-3"])
        let known = try #require(try store.read { try $0.suppression(of: "c-2") })
        #expect(known.suppression.reason == reason && known.holds)
        try store.record([.addressRestored("c-2", reason: "a mistake", actor: "Mari")])
        #expect(try mailable() == ["c-1", "c-2", "c-3"])
        #expect(try store.read { try $0.suppression(of: "c-2") } == nil)
    }

    @Test(
        "A new address ends what was about the old one, and no decision of a person",
        arguments: [true, false])
    func newAddress(rebuilt: Bool) throws {
        for reason in Suppression.Reason.allCases {
            try store.record([.addressRestored("c-2", reason: "next case", actor: "test")])
            try store.record([.customerSaved(customer(2))])
            try suppress(reason)
            try giveNewAddress()
            if rebuilt { try store.rebuild() }
            #expect(try mailable().contains("c-2") == reason.concernsAddress)
            #expect(try store.read { try $0.suppression(of: "c-2") }?.holds == !reason.concernsAddress)
        }
    }

    @Test("The same customer saved with the same address stays suppressed")
    func sameAddress() throws {
        try suppress(.bounces)
        var named = customer(2)
        named.firstName = "Mari"
        try store.record([.customerSaved(named)])
        #expect(try mailable() == ["c-1", "c-3"])
    }

    @Test("What a mail server says does not replace what the recipient said")
    func strongerReason() throws {
        try suppress(.complaint)
        try suppress(.bounces)
        #expect(try store.read { try $0.suppression(of: "c-2") }?.suppression.reason == .complaint)
        try suppress(.person)
        #expect(try store.read { try $0.suppression(of: "c-2") }?.suppression.reason == .person)
    }

    @Test("Bounces are found within their window, each report once")
    func bounces() throws {
        for report in ["a", "b", "b"] {
            try store.record([
                .mailBounced(
                    MailBounce(
                        report: report, run: "r@1", customer: "c-1", kind: .soft, reply: "full",
                        occurred: someInstant))
            ])
        }
        let before = someInstant.advanced(milliseconds: -1)
        let found = try store.read { try $0.bounces(of: "c-1", since: before) }
        #expect(
            found.map(\.report) == ["a", "b"] && found.allSatisfy { $0.kind == .soft && $0.reply == "full" })
        #expect(try store.read { try $0.bounces(of: "c-1", since: someInstant) } == [])
        #expect(try store.read { try $0.hasBounce(report: "a") && !$0.hasBounce(report: "c") })
    }

    @Test("A customer keeps their number, also in an index that is made anew")
    func numbers() throws {
        try giveNewAddress()
        for _ in 1...2 {
            #expect(try store.read { try $0.customerNumber("c-2") } == 2)
            #expect(try store.read { try $0.customerID(number: 2) } == "c-2")
            try store.rebuild()
        }
    }
}
