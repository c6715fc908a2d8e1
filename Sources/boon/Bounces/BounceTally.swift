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
    private(set) var tooLong = 0
    /// Customers who are not mailed any more.
    private(set) var suppressed = 0
    /// What the mailbox calls the last message that was too long.
    private(set) var lastTooLong: String?
    /// What was last said about us.
    private(set) var lastAboutUs: String?

    /// - Parameter name: what the mailbox calls the message.
    mutating func add(_ outcome: BounceOutcome, of name: String) {
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
        case .tooLong:
            tooLong += 1
            lastTooLong = name
        }
    }

    /// For a person: what there was none of is left out, but for bounces and complaints.
    func report() {
        let rare = [
            (noNews, "without news"), (known, "recorded before"), (notOurs, "not ours"),
            (tooLong, "too long"),
        ].filter { $0.0 > 0 }.map { ", \(grouped($0.0)) \($0.1)" }.joined()
        Console.print(
            "\(counted(messages, "message")) read: \(grouped(hard)) hard, \(grouped(soft + aboutUs)) soft, "
                + "\(counted(complaints, "complaint"))\(rare)")
        if unsubscribed > 0 {
            Console.print("\(counted(unsubscribed, "customer")) unsubscribed, as they asked for by mail")
        }
        if suppressed > 0 {
            Console.print("\(counted(suppressed, "customer")) suppressed: no campaign mails them")
        }
        if let lastTooLong {
            Console.warning(
                "\(counted(tooLong, "message")) of more than 4 MB not read, since no report is that long; the last is "
                    + "'\(lastTooLong)': look at it, and take it out of the mailbox")
        }
        if let lastAboutUs {
            Console.warning(
                "\(counted(aboutUs, "message")) refused for what we are or send, and for no fault of an address; "
                    + "the last with: \(lastAboutUs)")
        }
    }
}
