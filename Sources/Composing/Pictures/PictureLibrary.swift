import Campaigns
import MIME

/// The pictures that a campaign has in files of the workspace, by their paths.
struct PictureLibrary: Sendable {
    /// A larger picture is refused: every mail would carry it, a third longer still in base64.
    static let sizeLimit = 1_000_000

    private var pictures: [String: InlinePicture] = [:]

    /// Reads the pictures of a campaign.
    /// - Parameter domain: the sender's.
    /// - Throws: `PictureError` for the first that cannot be used.
    init(of campaign: Campaign, in workspace: WorkspaceFolder?, domain: String) throws {
        for module in campaign.modules {
            guard case .file(let file, let place) = module.picture?.src, pictures[file] == nil else {
                continue
            }
            pictures[file] = try Self.picture(file, at: place, in: workspace, domain: domain)
        }
    }

    /// The picture of a file; nil for one on the web.
    subscript(source: Picture.Source?) -> InlinePicture? {
        if case .file(let file, _) = source { pictures[file] } else { nil }
    }

    fileprivate static func picture(
        _ file: String, at place: Place, in workspace: WorkspaceFolder?, domain: String
    ) throws -> InlinePicture {
        let fail = { (problem: PictureError.Problem) in
            PictureError(file: file, place: place, problem: problem)
        }
        do {
            guard let bytes = try workspace?.bytes(of: file, limit: sizeLimit) else { throw fail(.missing) }
            guard let picture = try InlinePicture(bytes, file: file, domain: domain) else {
                throw fail(.notPicture)
            }
            return picture
        } catch let problem as WorkspaceFolder.Problem {
            throw fail(.unusable(problem))
        }
    }
}

extension TemplateLibrary {
    /// Tells which pictures of campaigns cannot be used.
    package func checkPictures(of campaigns: some Sequence<Campaign>) -> [Diagnostic] {
        campaigns.flatMap(\.modules).compactMap { module in
            guard case .file(let file, let place) = module.picture?.src else { return nil }
            do {
                _ = try PictureLibrary.picture(file, at: place, in: workspace, domain: "localhost")
                return nil
            } catch {
                let problem = (error as? PictureError)?.problem.description ?? "\(error)"
                return Diagnostic(.error, at: place, "the picture '\(file)' \(problem)")
            }
        }.sorted()
    }
}

/// Why a picture cannot go along in a mail.
package struct PictureError: Error, CustomStringConvertible {
    /// What is wrong.
    enum Problem: Error, CustomStringConvertible {
        case missing, notPicture
        case unusable(WorkspaceFolder.Problem)

        /// The end of a sentence that begins with the file.
        var description: String {
            switch self {
            case .missing:
                "is not in the workspace: put it there, or write the whole https:// address of one on the web"
            case .notPicture: "is no PNG, JPEG, GIF or WebP: mail programs show no other files"
            case .unusable(.linkOutside):
                "is a link that leads out of the workspace: put the file itself there"
            case .unusable(.brokenLink): "is a link that leads nowhere: put the file itself there"
            case .unusable(.unreadable): "cannot be read: check that it is a file and its permissions"
            case .unusable(.tooLarge):
                "has more than 1 MB, which every mail would carry: make it smaller, or put it on the web"
            }
        }
    }

    let file: String
    /// Where the campaign names it.
    let place: Place
    let problem: Problem

    package var description: String { "\(place): the picture '\(file)' \(problem)." }
}
