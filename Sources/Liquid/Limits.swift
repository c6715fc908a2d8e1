/// How far a template may go, so that none can hang or swell the process.
public struct Limits: Sendable {
    /// Most bytes that one rendering may write, captured text included.
    public var outputBytes: Int
    /// Most steps: each piece of a template, each round of a loop and each filter is one, and a filter costs one
    /// more for each 16 bytes it makes. A core does some tens of millions a second.
    public var steps: Int
    /// How deep blocks and partials may be nested together.
    public var depth: Int

    /// Limits that no sensible message comes near.
    public init(outputBytes: Int = 16_000_000, steps: Int = 20_000_000, depth: Int = 100) {
        self.outputBytes = outputBytes
        self.steps = steps
        self.depth = depth
    }

    /// Most bytes a template's source may have; offsets are kept in 32 bits.
    static let sourceBytes = 64_000_000
    /// How deep blocks, brackets and ranges may be nested in one template.
    static let parseDepth = 100
}

/// What is left of the limits while a template renders.
struct Budget {
    private(set) var steps: Int
    private let allowed: Limits

    init(_ limits: Limits) {
        steps = limits.steps
        allowed = limits
    }

    mutating func spend(_ count: Int) throws {
        steps = steps.subtractingReportingOverflow(count).partialValue
        if steps < 0 || count < 0 {
            throw Failure.limit(
                "the template takes more than \(allowed.steps) steps to render; is there a loop too many?")
        }
    }

    /// Pays for bytes before they are made, so that no filter can make more memory than the limit of output.
    mutating func make(bytes: Int) throws {
        if bytes < 0 || bytes > allowed.outputBytes {
            throw Failure.limit("a value would grow beyond \(allowed.outputBytes) bytes")
        }
        try spend(1 + bytes / 16)
    }

    func check(written: Int) throws {
        if written > allowed.outputBytes {
            throw Failure.limit("the template writes more than \(allowed.outputBytes) bytes")
        }
    }

    func check(depth: Int) throws {
        if depth > allowed.depth {
            throw Failure.limit(
                "blocks and partials are nested more than \(allowed.depth) deep; does a partial render itself?"
            )
        }
    }
}
