/// A parsed template: flat arrays of small values that refer to each other by index.
///
/// Nodes and expressions are trivial types, so walking them neither allocates nor counts references, and a program
/// can be rendered by any number of threads at once.
final class Program: Sendable {
    let name: String
    /// The template's bytes; text nodes are written straight from here.
    let source: [UInt8]
    let root: Body
    let code: Code

    init(parsing source: [UInt8], name: String, filters: [String: Filter]) throws {
        var parser = Parser(source, filters: filters)
        do {
            root = try parser.template()
        } catch let failure as Failure {
            throw LiquidError(failure, in: source, named: name, at: failure.offset ?? 0)
        }
        self.name = name
        self.source = source
        code = parser.code
    }
}

/// The tables of a program, filled by the parser.
struct Code: Sendable {
    var nodes: [Node] = []
    /// Where each node stands in the source, for errors.
    var offsets: [Int32] = []
    var expressions: [Expression] = []
    var constants: [Value] = []
    var segments: [Segment] = []
    var keys: [Key] = []
    var calls: [FilterCall] = []
    var terms: [ConditionTerm] = []
    var arms: [Arm] = []
    var choices: [Choice] = []
    var loops: [Loop] = []
    var cycles: [Cycle] = []
    var partials: [PartialCall] = []
    var bindings: [Binding] = []
    var mentions: [VariableMention] = []
    var partialMentions: [PartialMention] = []
    /// The names the template uses outside of loops, each with its slot.
    var slots: [Key: Int32] = [:]
    var names: [Key] = []
    /// How many loops are nested at most.
    var loopDepth = 0
    /// How many fields are looked up once for all the places that name them.
    var sharedFields: Int32 = 0
    /// Whether a later loop may continue where an earlier one stopped.
    var continuesLoops = false
    /// Whether a counter may come to hide what the scope holds, so that this is looked up each time.
    var counts = false
}

/// A run of nodes.
struct Body: Sendable {
    let start: Int32
    let count: Int32
}

/// A part of a table.
struct Span: Sendable {
    let start: Int32
    let count: Int32

    var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// One piece of a template.
enum Node: Sendable {
    case text(Span)
    case output(ExpressionID)
    case assign(slot: Int32, ExpressionID)
    case capture(slot: Int32, Body)
    /// The first arm whose condition holds.
    case branch(arms: Span)
    /// Every choice that equals the subject; `else` where none before it did.
    case select(subject: ExpressionID, choices: Span)
    case loop(Int32)
    case tableRow(Int32)
    case cycle(Int32)
    case count(name: Int32, by: Int32)
    case ifChanged(Body)
    case partial(Int32)
    case breakLoop
    case continueLoop
}

typealias ExpressionID = Int32

/// How a value is found or computed.
enum Expression: Sendable {
    case constant(Int32)
    /// A variable of the template, by its slot.
    case variable(Int32)
    /// The item of the loop at this depth.
    case item(Int32)
    /// `forloop` or `tablerowloop` of the loop at this depth, as a value.
    case loopObject(Int32)
    /// `forloop.index` and the like, computed without making an object.
    case loopField(Int32, LoopField)
    case path(base: ExpressionID, segments: Span)
    /// A path that others of the same names share what it finds with.
    case sharedField(Int32, path: ExpressionID)
    /// `[expression]`: a variable whose name is computed.
    case named(ExpressionID, bindings: Span)
    case range(ExpressionID, ExpressionID)
    case filtered(ExpressionID, calls: Span)
    case comparison(Comparison, ExpressionID, ExpressionID)
    /// Terms joined by `and` and `or`.
    case condition(terms: Span)
}

/// A step into a value.
enum Segment: Sendable {
    /// `.name`, where `size`, `first` and `last` mean more than a field.
    case key(Int32)
    /// `['name']`
    case field(Int32)
    case computed(ExpressionID)
}

/// A filter with its arguments.
struct FilterCall: Sendable {
    let filter: Filter
    let arguments: [ExpressionID]
    let names: [String]
    /// The arguments, when all of them are literals.
    let literals: FilterArguments?
    let offset: Int32
}

/// One operand of a chain of `and` and `or`, with what joins it to the rest.
struct ConditionTerm: Sendable {
    enum Joint { case and, or, last }
    let operand: ExpressionID
    let joint: Joint
}

/// `if`, `elsif` or `else` with its body.
struct Arm: Sendable {
    /// Nothing for `else`.
    let condition: ExpressionID?
    /// Whether the condition must fail: the first arm of `unless`.
    let negated: Bool
    let body: Body
    let offset: Int32
}

/// One value of a `when`, or `else`.
struct Choice: Sendable {
    /// Nothing for `else`.
    let value: ExpressionID?
    let body: Body
    let offset: Int32
}

/// A `for` or `tablerow`.
struct Loop: Sendable {
    enum Offset: Sendable {
        case none
        case given(ExpressionID)
        case resume
    }

    /// Variable and collection as written: what `offset: continue` recognises the loop by.
    let name: String
    let collection: ExpressionID
    let offset: Offset
    let limit: ExpressionID?
    let columns: ExpressionID?
    let isReversed: Bool
    let depth: Int32
    /// The depth of the `for` around this one, or -1.
    let parent: Int32
    let body: Body
    let otherwise: Body?
}

/// A `cycle`.
struct Cycle: Sendable {
    /// What cycles with one turn have in common.
    enum Turn: Sendable {
        /// Those of one name share it.
        case named(ExpressionID)
        /// Those of the same literals do.
        case literals(String)
        /// With a variable among its values a tag has its own, as in the reference implementation.
        case own
    }

    let turn: Turn
    let values: [ExpressionID]
}

/// A `render` or `include`.
struct PartialCall: Sendable {
    let name: ExpressionID
    let isIsolated: Bool
    /// What follows `with` or `for`.
    let subject: ExpressionID?
    let repeats: Bool
    let alias: Key?
    let arguments: [(key: Key, value: ExpressionID)]
    /// The loop variables that an included partial sees.
    let bindings: Span
}

/// A loop's variable as seen from some place in the template.
struct Binding: Sendable {
    enum Target: Sendable {
        case item(Int32)
        case loopObject(Int32)
    }
    let key: Key
    let target: Target
}
