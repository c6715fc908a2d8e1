import Loyalty
import Model

/// Compares definitions with each other: every name that is used is defined, and what a mail promises exists.
struct CrossCheck {
    private let definitions: Definitions
    private let programme: ProgrammeFile?
    private let unread: Unread
    private(set) var diagnostics = Diagnostics()

    init(_ definitions: Definitions, programme: ProgrammeFile?, unread: Unread) {
        (self.definitions, self.programme, self.unread) = (definitions, programme, unread)
    }

    mutating func run() {
        for campaign in definitions.campaigns.values { check(campaign) }
        for segment in definitions.segments.values { check(segment.condition) }
        checkSizes(inOrderOf: checkCircles())
        for contest in definitions.contests.values { contest.eligible.map { check($0) } }
        for condition in unread.conditions { check(condition) }
        for survey in definitions.surveys.values { check(survey) }
        programme.map { check($0) }
    }

    // MARK: Campaigns

    private mutating func check(_ campaign: Campaign) {
        check(campaign.audience)
        for module in campaign.modules {
            module.when.map { check($0) }
            check(module)
        }
    }

    private mutating func check(_ module: Module) {
        switch module.content {
        case .contest(let content):
            require(content.contest, among: definitions.contests, called: "contest", at: module.place)
        case .feedback(let content):
            require(content.survey, among: definitions.surveys, called: "survey", at: module.place)
        case .loyalty(let content): checkLoyalty(content, at: module.place)
        case .thanks(let content):
            guard case .points = content.gift, programme == nil else { return }
            diagnostics.error(
                "points are given, but there is no programme", at: module.place, hint: Self.programmeHint)
        case .proposition, .motivational, .knowledge, .service, .expert: break
        }
    }

    private static let programmeHint = "add a file with `programme:`"

    private mutating func checkLoyalty(_ content: LoyaltyModule, at place: Place) {
        guard let programme = programme?.programme else {
            return diagnostics.error(
                "points are shown, but there is no programme", at: place, hint: Self.programmeHint)
        }
        if content.show.contains(.tier), programme.tiers == nil {
            diagnostics.warn("the programme has no tiers to show", at: place, hint: "add `tiers` to it")
        }
        if content.show.contains(.nextReward), programme.rewards.isEmpty {
            diagnostics.warn("the programme has no rewards to show", at: place, hint: "add `rewards` to it")
        }
    }

    private mutating func check(_ survey: Survey) {
        for action in [survey.followUp.promoter, survey.followUp.passive, survey.followUp.detractor] {
            guard let campaign = action?.thank, definitions.campaigns[campaign] == nil,
                !isUnread(campaign, called: "campaign")
            else { continue }
            // Only a warning: questions are often written before the thanks.
            diagnostics.warn(
                "the survey `\(survey.id)` thanks with the campaign `\(campaign)`, which is not defined",
                at: survey.place,
                hint: Nearest.hint(
                    for: campaign, among: definitions.campaigns.keys.sorted(), called: "campaigns"))
        }
    }

    private mutating func check(_ file: ProgrammeFile) {
        for condition in file.conditions { check(condition) }
        for (name, place) in file.tiers { requireTier(name, at: place) }
        for (name, place) in file.surveys {
            require(name, among: definitions.surveys, called: "survey", at: place)
        }
    }

    // MARK: Names

    private mutating func require<Value>(
        _ name: String, among known: [String: Value], called kind: String, at place: Place
    ) {
        guard known[name] == nil, !isUnread(name, called: kind) else { return }
        diagnostics.error(
            "unknown \(kind) `\(name)`", at: place,
            hint: Nearest.hint(for: name, among: known.keys.sorted(), called: "\(kind)s"))
    }

    private func isUnread(_ name: String, called kind: String) -> Bool {
        unread.names[kind]?.contains(name) ?? false
    }

    private mutating func requireTier(_ name: String, at place: Place) {
        let known = programme?.programme.tiers?.levels.map(\.name) ?? []
        guard !known.contains(name) else { return }
        diagnostics.error(
            "unknown tier `\(name)`", at: place,
            hint: Nearest.hint(for: name, among: known, called: "tiers") ?? "the programme has no tiers")
    }

    // MARK: Conditions

    private mutating func check(_ condition: Condition) {
        switch condition {
        case .all(let members), .any(let members):
            for member in members { check(member) }
        case .not(let condition): check(condition)
        case .segment(let name, let place):
            require(name, among: definitions.segments, called: "segment", at: place)
        case .mail(let history): check(history)
        case .compares(let operand, _, let literal): check(operand, [literal])
        case .isOneOf(let operand, let literals): check(operand, literals)
        case .contains(let operand, _), .isEmpty(let operand), .within(let operand, _),
            .isOlder(let operand, _),
            .withinNext(let operand, _):
            check(operand, [])
        case .subscribed: break
        }
    }

    private mutating func check(_ history: MailHistory) {
        guard let name = history.name else { return }
        if history.action == .answered {
            require(name, among: definitions.surveys, called: "survey", at: history.place)
        } else {
            require(name, among: definitions.campaigns, called: "campaign", at: history.place)
        }
    }

    private mutating func check(_ operand: Operand, _ literals: [Literal]) {
        switch operand.field {
        case .tier:
            for case .text(let name) in literals { requireTier(name, at: operand.place) }
        case .points where programme == nil:
            diagnostics.error(
                "there is no programme that gives points", at: operand.place, hint: Self.programmeHint)
        default: break
        }
    }

    // MARK: Circles

    /// How long a chain of segments that name each other may be: conditions are decided along it.
    private static let maximumChain = 64

    /// - Returns: for each segment the length of the longest chain that begins there.
    private mutating func checkCircles() -> [String: Int] {
        var depths: [String: Int] = [:]
        for name in definitions.segments.keys.sorted() { _ = depth(of: name, below: [], depths: &depths) }
        return depths
    }

    /// The length of the longest chain of segments that begins here.
    private mutating func depth(of name: String, below path: [String], depths: inout [String: Int]) -> Int {
        guard let segment = definitions.segments[name] else { return 0 }
        if let depth = depths[name] { return depth }
        if let start = path.firstIndex(of: name) {
            let circle = (path[start...] + [name]).joined(separator: " → ")
            diagnostics.error("segments refer to each other in a circle: \(circle)", at: segment.place)
            return 0
        }
        var deepest = 0
        if path.count < Self.maximumChain {
            for next in segment.condition.segmentNames {
                deepest = max(deepest, depth(of: next, below: path + [name], depths: &depths))
            }
        }
        depths[name] = deepest + 1
        if deepest + 1 == Self.maximumChain || path.count == Self.maximumChain {
            diagnostics.error(
                "segments refer to each other over more than \(Self.maximumChain - 1) others",
                at: segment.place)
        }
        return deepest + 1
    }

    // MARK: Sizes

    /// - Parameter depths: of segments; those that others name come first.
    private mutating func checkSizes(inOrderOf depths: [String: Int]) {
        var sizes: [String: ConditionSize] = [:]
        for name in depths.keys.sorted(by: { (depths[$0] ?? 0, $0) < (depths[$1] ?? 0, $1) }) {
            guard let segment = definitions.segments[name] else { continue }
            sizes[name] = size(of: segment.condition, at: segment.place, sizes)
        }
        for campaign in definitions.campaigns.values {
            _ = size(of: campaign.audience, at: campaign.place, sizes)
        }
    }

    private mutating func size(
        of condition: Condition, at place: Place, _ segments: [String: ConditionSize]
    ) -> ConditionSize? {
        let size = ConditionSize(of: condition, segments: segments)
        guard size.isTooLarge else { return size }
        let limit = ConditionSize.limit
        diagnostics.error(
            "with the segments that it names, the condition has more than \(limit.values) values or \(limit.depth) levels",
            at: place, hint: "mark such customers with a tag or an attribute when they are imported")
        return nil
    }
}

extension Condition {
    /// The segments that the condition names itself.
    var segmentNames: [String] {
        switch self {
        case .all(let members), .any(let members): members.flatMap(\.segmentNames)
        case .not(let condition): condition.segmentNames
        case .segment(let name, _): [name]
        case .subscribed, .compares, .isOneOf, .contains, .isEmpty, .within, .isOlder, .withinNext, .mail: []
        }
    }
}
