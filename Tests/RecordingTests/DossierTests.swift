import Model
import Testing

@testable import Recording

@Suite("Dossiers")
struct DossierTests {
    @Test("What is read of several customers together is what is read of each")
    func together() throws {
        let folder = try TemporaryFolder()
        let store = try openStore(folder)
        try store.record((1...5).map { .customerSaved(customer($0)) })
        let euro = try #require(Currency("EUR"))
        for number in 1...12 {
            let lines = (0..<(number % 3 + 1)).map { OrderLine(total: Int64($0), category: "c\(number)") }
            let later = someInstant.advanced(milliseconds: Int64(number % 4))
            try store.record([
                .orderSaved(
                    Order(
                        id: "o-\(number)", customer: CustomerID("c-\(number % 4)"), at: later, currency: euro,
                        lines: lines))
            ])
        }
        for number in 1...9 { try store.record([earned(number, customer: CustomerID("c-\(number % 4)"))]) }
        let lots = [PointsEntry.LotChange(lot: "purchase:1", points: 2), .init(lot: "purchase:5", points: 1)]
        try store.record([
            .points(
                PointsEntry(
                    kind: .spent, customer: "c-1", key: "s", points: -3, occurred: someInstant, lots: lots,
                    source: "reward:espresso", actor: "Mari"))
        ])
        try store.record([
            .addressSuppressed(Suppression(customer: "c-3", reason: .person, detail: "asked", actor: "Mari"))
        ])
        let ids: [CustomerID] = ["c-5", "c-1", "c-9", "c-2", "c-3"]
        let dossiers = try store.read { try $0.dossiers(of: ids) }
        #expect(Set(dossiers.keys) == ["c-1", "c-2", "c-3", "c-5"])
        try store.read { view in
            for (id, dossier) in dossiers {
                #expect(try dossier.customer == view.customer(id))
                #expect(try dossier.number == view.customerNumber(id))
                #expect(try dossier.orders == view.orders(of: id))
                #expect(try dossier.points == view.points(of: id))
                let known = try view.suppression(of: id)
                #expect(dossier.suppression == known?.suppression)
            }
        }
        #expect(try store.read { try $0.dossiers(of: []) }.isEmpty)
    }
}
