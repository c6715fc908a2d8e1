@testable import Campaigns

extension BrokenExample {
    static let modules: [BrokenExample] = [
        module("proposition", "⟦Buy!", "`proposition` is a mapping, not `Buy!`"),
        module("proposition.headline", "⟦{ paragraph: Buy }", "`headline` is missing in `proposition`"),
        module("proposition.subheadline", "{ headline: A, ⟦subheadline: }", "`subheadline` has no value"),
        module(
            "proposition.paragraph", "{ headline: A, paragraph: ⟦[a, b] }",
            "`paragraph` is a text, or texts by language, not a list"),
        module(
            "proposition.paragraph", "{ headline: A, paragraph: \"Hi {{ customer.first_name | ⟦upcse }}\" }",
            "in the template: there is no filter", isPrefix: true),
        module(
            "proposition.paragraph", "{ headline: A, paragraph: \"Hi {{ ⟦custmer.first_name }}\" }",
            "unknown merge field `custmer.first_name`"
        ).asWarning,
        module(
            "proposition.image", "{ headline: A, image: ⟦roast.jpg }", "`image` is a mapping, not `roast.jpg`"
        ),
        module(
            "proposition.image", "{ headline: A, image: ⟦{ src: \"https://k.example/r.jpg\" } }",
            "the image has no `alt`"
        ).asWarning,
        module(
            "proposition.image.src", "{ headline: A, image: { src: ⟦../roast.jpg, alt: R } }",
            "`src` is an https address or a picture's file such as `images/roast.jpg`, not `../roast.jpg`"),
        module(
            "proposition.image.alt", "{ headline: A, image: { src: \"https://k.example/r.jpg\", ⟦alt: } }",
            "`alt` has no value", alsoWarns: true),
        module(
            "proposition.url", "{ headline: A, url: ⟦kuldnekohv.example }",
            "`url` is an address such as `https://kuldnekohv.example/shop`, not `kuldnekohv.example`"),
        module(
            "proposition.url", "{ headline: A, url: ⟦\"http://kuldnekohv.example\" }",
            "`url` is not an https address"
        ).asWarning,
        module(
            "proposition.url", "{ headline: A, url: ⟦'https://evil.example\\@good.example/' }",
            "`url` is an address such as `https://kuldnekohv.example/shop`, not `https://evil.example\\@good.example/`"
        ),
        module("proposition.button", "{ headline: A, ⟦button: Go }", "a `button` leads nowhere without `url`")
            .beyondSchema,
        module(
            "proposition.when", "{ headline: A, when: country ⟦is EE }",
            "`empty` is expected after `is`, not `EE`", isPrefix: false,
            marked: "{ headline: A, when: country is ⟦EE }"
        ).beyondSchema,
        module("loyalty", "⟦[balance]", "`loyalty` is a mapping, not a list"),
        module("loyalty.title", "{ ⟦title: , show: [balance] }", "`title` has no value"),
        module(
            "loyalty.show", "{ show: [balance, ⟦next_prize] }",
            "`show` is one of `balance`, `pending`, `next_reward`, `expiring`, `tier`, not `next_prize`"),
        module("loyalty.show", "{ show: [balance, ⟦balance] }", "the part `balance` is there twice")
            .beyondSchema,
        module(
            "loyalty.when", "{ show: [balance], when: points.⟦availble > 0 }",
            "`points` has no field `availble`", marked: "{ show: [balance], when: ⟦points.availble > 0 }"
        ).beyondSchema,
        module(
            "motivational", "⟦{ kind: offer, url: \"https://k.example\" }",
            "`text` is missing in `motivational`"),
        module(
            "motivational.kind", offer("kind: ⟦sale"),
            "`kind` is one of `discount`, `offer`, `demo`, not `sale`"),
        module("motivational.kind", offer("kind: ⟦discount"), "a discount needs `percent` or `amount`")
            .beyondSchema,
        module(
            "motivational.percent", offer("percent: ⟦101"),
            "`percent` is a percentage from 1 to 100, not `101`"),
        module(
            "motivational.percent", offer("percent: ⟦0"), "`percent` is a percentage from 1 to 100, not `0`"),
        module("motivational.amount", offer("amount: ⟦5"), "`amount` is an amount such as `30 EUR`, not `5`"),
        module(
            "motivational.amount", offer("percent: 5, ⟦amount: 5 EUR"),
            "`amount` cannot stand beside `percent`"),
        module(
            "motivational.code", offer("code: ⟦MY CODE"),
            "`code` is an identifier of letters, digits, `-` and `_`, not `MY CODE`"),
        module("motivational.valid", offer("valid: ⟦7"), "`valid` is a duration such as `3 days`, not `7`"),
        module(
            "motivational.minimum_order", offer("minimum_order: ⟦-30 EUR"),
            "`minimum_order` is an amount such as `30 EUR`, not `-30 EUR`"),
        module(
            "motivational.minimum_order", offer("amount: 5 EUR, minimum_order: ⟦30 USD"),
            "`amount` and `minimum_order` are in two currencies"
        ).beyondSchema,
        module(
            "motivational.minimum_order", offer("amount: ⟦50 EUR, minimum_order: 30 EUR"),
            "the discount is larger than the smallest order"
        ).asWarning,
        module(
            "motivational.between", offer("between: ⟦2026-12-01 - 2026-12-24"),
            "`between` is two dates such as `2026-12-01 .. 2026-12-24`, not `2026-12-01 - 2026-12-24`"),
        module("motivational.url", "⟦{ kind: offer, text: A }", "`url` is missing in `motivational`"),
        module(
            "motivational.text", offer("text: { en: A, ⟦xx_: B }"),
            "a key of `text` is a language such as `et` or `pt-BR`, not `xx_`", alsoWarns: true),
        module("motivational.image", offer("image: ⟦[]"), "`image` is a mapping, not a list"),
        module("motivational.button", offer("⟦button: "), "`button` has no value"),
        module("motivational.when", offer("when: tags ⟦== vip"), "tags are not compared").beyondSchema,
        module("knowledge", "⟦{}", "`items` is missing in `knowledge`"),
        module("knowledge.title", "{ ⟦title: , items: [\(item)] }", "`title` has no value"),
        module("knowledge.items", "{ items: ⟦[] }", "`items` needs at least one member"),
        module(
            "knowledge.items.kind", "{ items: [{ kind: ⟦video, title: A, url: \"https://k.example\" }] }",
            "`kind` is one of `article`, `course`, `forum`, `tip`, not `video`"),
        module(
            "knowledge.items.title", "{ items: [⟦{ kind: tip, url: \"https://k.example\" }] }",
            "`title` is missing in `items`"),
        module(
            "knowledge.items.text",
            "{ items: [{ kind: tip, title: A, ⟦text: , url: \"https://k.example\" }] }", "`text` has no value"
        ),
        module(
            "knowledge.items.url", "{ items: [{ kind: tip, title: A, url: ⟦\"ftp://k.example\" }] }",
            "`url` is an address such as `https://kuldnekohv.example/shop`, not `ftp://k.example`"),
        module(
            "knowledge.items.starts",
            "{ items: [{ kind: course, title: A, url: \"https://k.example\", starts: ⟦tuesday }] }",
            "`starts` is a date and a time such as `2026-11-24 09:00`, not `tuesday`"),
        module("knowledge.when", "{ items: [\(item)], when: ⟦nobody }", "unknown segment `nobody`")
            .beyondSchema,
        module("contest", "⟦{}", "`contest` is missing in `contest`"),
        module(
            "contest.contest", "{ contest: free-tiket }", "unknown contest `free-tiket`", moduleMarked: true
        ).beyondSchema,
        module("contest.title", "{ contest: free-ticket, ⟦title: }", "`title` has no value"),
        module("contest.button", "{ contest: free-ticket, ⟦button: }", "`button` has no value"),
        module(
            "contest.when", "{ contest: free-ticket, when: city ⟦< Tartu }",
            "a text can only be compared with == and !="
        ).beyondSchema,
        module("feedback", "⟦nps", "`feedback` is a mapping, not `nps`"),
        module("feedback.survey", "{ survey: npz }", "unknown survey `npz`", moduleMarked: true).beyondSchema,
        module("feedback.title", "{ survey: nps, ⟦title: }", "`title` has no value"),
        module("feedback.text", "{ survey: nps, ⟦text: }", "`text` has no value"),
        module("feedback.when", "{ survey: nps, when: nps == ⟦fan }", "unknown value `fan`").beyondSchema,
        module("service", "⟦{ title: Wrap }", "`url` is missing in `service`"),
        module("service.title", "⟦{ url: \"https://k.example\" }", "`title` is missing in `service`"),
        module("service.text", "{ title: A, url: \"https://k.example\", ⟦text: }", "`text` has no value"),
        module(
            "service.url", "{ title: A, url: ⟦wrap }",
            "`url` is an address such as `https://kuldnekohv.example/shop`, not `wrap`"),
        module(
            "service.button", "{ title: A, url: \"https://k.example\", ⟦button: }", "`button` has no value"),
        module(
            "service.when", "{ title: A, url: \"https://k.example\", when: (vip⟦ }",
            "the parenthesis is never closed", marked: "{ title: A, url: \"https://k.example\", when: ⟦(vip }"
        ).beyondSchema,
        module("expert", "⟦{ name: Mari }", "`quote` is missing in `expert`"),
        module("expert.name", "{ ⟦name: , quote: A }", "`name` has no value"),
        module("expert.role", "{ name: Mari, quote: A, ⟦role: }", "`role` has no value"),
        module(
            "expert.quote", "{ name: Mari, quote: ⟦[] }",
            "`quote` is a text, or texts by language, not a list"),
        module("expert.image", "{ name: Mari, quote: A, ⟦image: }", "`image` has no value"),
        module("expert.when", "{ name: Mari, quote: A, when: ⟦\"\" }", "`when` is a text, not ``"),
        module("thanks", "⟦5", "`thanks` is a mapping, not `5`"),
        module("thanks.title", "{ ⟦title: }", "`title` has no value"),
        module("thanks.text", "{ ⟦text: }", "`text` has no value"),
        module("thanks.gift", "{ gift: ⟦{} }", "the gift is worth nothing").beyondSchema,
        module(
            "thanks.gift.points", "{ gift: { points: ⟦-50 } }",
            "`points` is a whole number from 1, not `-50`"),
        module(
            "thanks.gift.points", "{ gift: { points: 5, ⟦code: A } }", "`code` cannot stand beside `points`"
        ).beyondSchema,
        module(
            "thanks.gift.percent", "{ gift: { percent: ⟦half } }",
            "`percent` is a percentage from 1 to 100, not `half`"),
        module(
            "thanks.gift.amount", "{ gift: { amount: ⟦5.005 EUR } }",
            "`amount` is an amount such as `30 EUR`, not `5.005 EUR`"
        ).beyondSchema,
        module(
            "thanks.gift.code", "{ gift: { percent: 5, code: ⟦\"ä\" } }",
            "`code` is an identifier of letters, digits, `-` and `_`, not `ä`"),
        module(
            "thanks.gift.valid", "{ gift: { percent: 5, valid: ⟦0 days } }",
            "`valid` is a duration such as `3 days`, not `0 days`"),
        module(
            "thanks.gift.minimum_order", "{ gift: { percent: 5, minimum_order: ⟦30 }}",
            "`minimum_order` is an amount such as `30 EUR`, not `30`"),
        module(
            "thanks.when", "{ when: sent ⟦nothing }", "unknown campaign `nothing`",
            marked: "{ when: ⟦sent nothing }"
        ).beyondSchema,
    ]

    private static let item = "{ kind: tip, title: A, url: \"https://k.example\" }"

    /// A module of the kind that the key begins with.
    private static func module(
        _ key: String, _ value: String, _ message: String, isPrefix: Bool = false, marked: String? = nil,
        alsoWarns: Bool = false, moduleMarked: Bool = false
    ) -> BrokenExample {
        let kind = key.prefix { $0 != "." }
        let lines = "modules:\n  - \(moduleMarked ? "⟦" : "")\(kind): \(marked ?? value)"
        var example = BrokenExample(.campaign, "modules.\(key)", lines, message)
        (example.isMessagePrefix, example.alsoWarns) = (isPrefix, alsoWarns)
        return isPrefix ? example.beyondSchema : example
    }

    /// An offer with one key more or replaced.
    private static func offer(_ keys: String) -> String {
        let key = keys.filter { $0 != marker }.prefix { $0 != ":" }
        let base = ["kind: offer", "text: A", "url: \"https://k.example\""].filter {
            !$0.hasPrefix("\(key):")
        }
        return "{ \((base + [keys]).joined(separator: ", ")) }"
    }
}
