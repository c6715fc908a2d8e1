import Model
import Testing

@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(
        "Ways to write a number are one number",
        arguments: [
            "+372 555 334130", "00372555334130", "372-555-334130", "(+372) 555 334 130", "+372.555/334130",
        ])
    func same(text: String) {
        #expect(PhoneNumber.key(of: text) == "372555334130")
    }

    @Test("A number without its country is another one, and a text is none")
    func others() {
        #expect(PhoneNumber.key(of: "555 334130") == "555334130")
        #expect(PhoneNumber.key(of: "0555 334130") == "0555334130")
        for text in ["", "+", "c-1001", "12+3", "tel 5", "١٢٣"] {
            #expect(PhoneNumber.key(of: text) == nil, "\(text)")
        }
    }
}
