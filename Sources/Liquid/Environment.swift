import Synchronization

/// What templates are parsed and rendered with: filters, partials, escaping and limits.
///
/// A template can reach nothing but what it is given here and in its ``Scope``: no environment variables, files or
/// network.
public struct Environment: Sendable {
    /// Finds the source of a partial by its name; nothing when there is none.
    public typealias Loader = @Sendable (_ name: String) throws -> String?

    /// How outputs are protected.
    public let escaping: Escaping
    /// How far a template may go.
    public let limits: Limits
    let filters: [String: Filter]
    private let partials: Partials

    /// An environment; make one per kind of output and keep it, because it remembers parsed partials.
    ///
    /// - Parameters:
    ///   - escaping: how outputs are protected.
    ///   - limits: how far a template may go.
    ///   - filters: the host's own, beside or instead of the standard ones.
    ///   - loader: finds partials for `render` and `include`. It is called at most once for a name that parses;
    ///     names that leave the folder (`..`, a leading `/`) never reach it.
    public init(
        escaping: Escaping, limits: Limits = Limits(), filters: [Filter] = [], loader: Loader? = nil
    ) {
        self.escaping = escaping
        self.limits = limits
        self.filters = filters.reduce(into: Filter.standard) { $0[$1.name] = $1 }
        partials = Partials(loader: loader)
    }

    /// The parsed partial of this name.
    func partial(_ name: String) throws -> Program { try partials.program(name, filters: filters) }
}

/// Parsed partials, shared by all threads that render with one environment.
private final class Partials: Sendable {
    private let loader: Environment.Loader?
    private let programs = Mutex<[String: Program]>([:])

    init(loader: Environment.Loader?) { self.loader = loader }

    /// Parsing happens outside the lock: two threads may parse the same partial once each, none waits for another.
    func program(_ name: String, filters: [String: Filter]) throws -> Program {
        if let known = programs.withLock({ $0[name] }) { return known }
        guard let loader else {
            throw Failure.partial("there are no partials here, so \(name.quoted) cannot be read")
        }
        guard Self.isInside(name) else {
            throw Failure.partial(
                "\(name.quoted) is not a name of a partial: use letters, digits, '-', '_' and single '/'")
        }
        guard let source = try loader(name) else {
            throw Failure.partial("there is no partial \(name.quoted)")
        }
        let program = try Program(parsing: Array(source.utf8), name: name, filters: filters)
        programs.withLock { $0[name] = program }
        return program
    }

    /// No part of the name is empty, `.` or `..`, and none has a backslash or a control byte.
    private static func isInside(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
                && part.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }
        }
    }
}
