import Campaigns
import Liquid
import MIME

/// Why a message cannot be composed.
package enum ComposingError: Error, Sendable, CustomStringConvertible {
    /// There are no settings, because `boon.yaml` is missing or wrong.
    case noSettings
    /// A module names a survey or contest that nothing defines.
    case undefined(kind: String, id: String, campaign: String)
    /// A template is wrong, or cannot work with what it was given.
    case template(LiquidError)
    /// A template's file cannot be used.
    case templateFile(TemplateFileError)
    /// A picture of the campaign cannot go along.
    case picture(PictureError)
    /// An address of the settings or the campaign is none.
    case sender(String, AddressError)
    /// The customer's address cannot be mailed.
    case recipient(AddressError)
    /// Something cannot stand in the header.
    case header(HeaderError)
    /// The parts make no message that may go on the wire.
    case message(MessageError)
    /// A `when:` asks what cannot be known here.
    case condition(Unanswerable)
    /// Anything else, in its own words.
    case other(String)

    /// Whether it concerns this recipient alone, so that the others can still be mailed.
    package var isAboutRecipient: Bool {
        switch self {
        case .recipient, .header: true
        case .noSettings, .undefined, .template, .templateFile, .picture, .sender, .message, .condition,
            .other:
            false
        }
    }

    /// Whether it can come of what this recipient's fields hold: a value that a filter cannot read, a text that is far
    /// too long. Where it comes for all, it is the campaign's.
    package var mayBeAboutRecipient: Bool {
        switch self {
        case .template(let error): error.kind == .render || error.kind == .limit
        case .message: true
        case .recipient, .header, .noSettings, .undefined, .templateFile, .picture, .sender, .condition,
            .other:
            false
        }
    }

    /// One sentence, or the place and one sentence.
    package var description: String {
        switch self {
        case .noSettings: "boon.yaml is missing or has errors: run `boon check`."
        case .undefined(let kind, let id, let campaign):
            "The campaign '\(campaign)' names the \(kind) '\(id)', which nothing defines: add it to campaigns/ or name another."
        case .template(let error): error.description
        case .templateFile(let error): error.description
        case .picture(let error): error.description
        case .sender(let text, let error): "'\(text)' cannot be a sender: \(error)"
        case .recipient(let error): "The customer's address cannot be mailed: \(error)"
        case .header(let error): error.description
        case .message(let error): error.description
        case .condition(let error): error.description
        case .other(let text): text
        }
    }

    /// What went wrong underneath, sorted into the cases.
    init(_ error: any Error) {
        switch error {
        case let error as ComposingError: self = error
        case let error as LiquidError: self = .template(error)
        case let error as TemplateFileError: self = .templateFile(error)
        case let error as PictureError: self = .picture(error)
        case let error as HeaderError: self = .header(error)
        case let error as MessageError: self = .message(error)
        case let error as Unanswerable: self = .condition(error)
        default: self = .other(String(describing: error))
        }
    }
}
