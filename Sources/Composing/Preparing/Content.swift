import Liquid
import Model

/// A part of a module's content, prepared once: what is the same for everyone is a value already, what is not is
/// made for each message.
indirect enum Content: Sendable {
    case fixed(Value)
    /// A text with merge fields.
    case text(Template)
    /// A text in paragraphs, split at its line breaks.
    case paragraphs(Template)
    case list([Content])
    case fields(Fields.Shape, [Content])
    /// Made from who gets the message.
    case personal(@Sendable (Moment) -> Value)

    /// Named parts; nothing for those that are not there.
    static func named(_ parts: [(String, Content?)]) -> Content {
        .fields(Fields.Shape(parts.map(\.0)), parts.map { $0.1 ?? .fixed(.null) }).folded
    }

    /// The value for one message.
    /// - Throws: `LiquidError`.
    func value(at moment: Moment) throws -> Value {
        switch self {
        case .fixed(let value): value
        case .text(let template): Value(try template.render(scope: moment.scope).nonEmpty)
        case .paragraphs(let template): .paragraphs(of: try template.render(scope: moment.scope))
        case .list(let parts): .array(try parts.map { try $0.value(at: moment) })
        case .fields(let shape, let parts):
            .object(Fields(shape: shape, values: try parts.map { try $0.value(at: moment) }))
        case .personal(let make): make(moment)
        }
    }

    /// This as one value, if nothing in it is personal.
    private var folded: Content {
        guard case .fields(let shape, let parts) = self else { return self }
        var values: [Value] = []
        for part in parts {
            guard case .fixed(let value) = part else { return self }
            values.append(value)
        }
        return .fixed(.object(Fields(shape: shape, values: values)))
    }
}

/// One message in the making: what its texts see, and what only its recipient has.
struct Moment: Sendable {
    let scope: Scope
    let customer: CustomerID
    let links: MessageLinks
    let now: Timestamp

    private static let scoreShape = Fields.Shape(["value", "url"])

    /// The scores of a survey with the links that choose them; one token serves all.
    func scale(_ scores: [Int], survey: String) -> Value {
        guard !scores.isEmpty else { return .array([]) }
        let page = links.survey(survey)
        return .array(
            scores.map { score in
                .object(
                    Fields(shape: Self.scoreShape, values: [.int(score), .string("\(page)?score=\(score)")]))
            })
    }
}

extension Value {
    /// The lines of a text that are not blank.
    static func paragraphs(of text: String) -> Value {
        .array(
            text.split { $0.isNewline }.map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }.map {
                .string($0)
            })
    }
}

extension String {
    /// Itself, or nothing when there is nothing to read in it.
    var nonEmpty: String? { utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A } ? nil : self }
}
