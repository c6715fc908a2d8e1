/// What reading a bounce mailbox came to, in numbers.
struct BounceTally: Encodable {
    private(set) var messages = 0
    private(set) var hard = 0
    private(set) var soft = 0
    private(set) var aboutUs = 0
    private(set) var complaints = 0
    /// Customers who asked for no more mails.
    private(set) var unsubscribed = 0
    private(set) var noNews = 0
    private(set) var known = 0
    private(set) var notOurs = 0
    /// Customers who are not mailed any more.
    private(set) var suppressed = 0
    /// What was last said about us.
    private(set) var lastAboutUs: String?

    mutating func add(_ outcome: BounceOutcome) {
        messages += 1
        if outcome.suppressed != nil { suppressed += 1 }
        switch outcome.kind {
        case .recorded(.hard): hard += 1
        case .recorded(.complaint): complaints += 1
        case .recorded(.aboutUs):
            aboutUs += 1
            lastAboutUs = outcome.words
        case .recorded: soft += 1
        case .known: known += 1
        case .unsubscribed: unsubscribed += 1
        case .noNews: noNews += 1
        case .notOurs: notOurs += 1
        }
    }

    /// For a person: what there was none of is left out, but for bounces and complaints.
    func report() {
        let rare = [(noNews, "without news"), (known, "recorded before"), (notOurs, "not ours")]
            .filter { $0.0 > 0 }.map { ", \(grouped($0.0)) \($0.1)" }.joined()
        Console.print(
            "\(counted(messages, "message")) read: \(grouped(hard)) hard, \(grouped(soft + aboutUs)) soft, "
                + "\(counted(complaints, "complaint"))\(rare)")
        if unsubscribed > 0 {
            Console.print("\(counted(unsubscribed, "customer")) unsubscribed, as they asked for by mail")
        }
        if suppressed > 0 {
            Console.print("\(counted(suppressed, "customer")) suppressed: no campaign mails them")
        }
        if let lastAboutUs {
            Console.warning(
                "\(counted(aboutUs, "message")) refused for what we are or send, and for no fault of an address; "
                    + "the last with: \(lastAboutUs)")
        }
    }
}
