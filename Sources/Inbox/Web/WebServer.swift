import Foundation
import Hummingbird
import Logging
import NIOCore

/// The inbox's pages on 127.0.0.1.
struct WebServer {
    private let mailbag: Mailbag

    /// Own pages load only their own style and the frame with a mail.
    private static let pagePolicy =
        "default-src 'none'; style-src 'self'; frame-src 'self'; img-src data:; form-action 'self';"
        + " base-uri 'none'; frame-ancestors 'none'"
    /// A mail's HTML: its pictures and styles, and nothing that runs or sends.
    private static let mailPolicy =
        "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src https: data:;"
        + " base-uri 'none'; form-action 'none'; frame-ancestors 'self';"
        + " sandbox allow-popups allow-popups-to-escape-sandbox"

    init(mailbag: Mailbag) {
        self.mailbag = mailbag
    }

    /// The service that answers.
    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - onRunning: Told the port once the server listens.
    func application(
        port: Int, group: any EventLoopGroup, onRunning: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { onRunning($0.localAddress?.port ?? port) },
            eventLoopGroupProvider: .shared(group),
            logger: Logger(label: "inbox") { _ in SwiftLogNoOpLogHandler() })
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: LoopbackHosts())
        router.get("/") { request, _ in list(request) }
        router.get("/style.css") { _, _ in
            Self.response(.init(string: Stylesheet.css), type: "text/css; charset=utf-8")
        }
        router.get("/messages.json") { request, _ in try json(request) }
        router.get("/messages/{number}") { _, context in page(context, view: nil) }
        router.get("/messages/{number}/body") { _, context in body(context) }
        router.get("/messages/{number}/eml") { _, context in download(context) }
        router.get("/messages/{number}/pictures/{place}") { _, context in picture(context) }
        router.get("/messages/{number}/{view}") { _, context in
            context.parameters.get("view", as: MessagePage.View.self).map { page(context, view: $0) }
                ?? Self.response(Layout.notFound, status: .notFound)
        }
        return router
    }

    private func list(_ request: Request) -> Response {
        let page = ListPage(
            mailbag: mailbag, recipient: request.uri.queryParameters.get("to") ?? "",
            number: Self.number("page", in: request, from: 1, to: 1_000_000) ?? 1)
        return Self.response(page.html)
    }

    private func page(_ context: BasicRequestContext, view: MessagePage.View?) -> Response {
        guard let message = message(context) else { return Self.response(Layout.notFound, status: .notFound) }
        let neighbours = (
            older: mailbag.message(message.number - 1) != nil,
            newer: mailbag.message(message.number + 1) != nil
        )
        return Self.response(MessagePage(message, view: view, neighbours: neighbours).html)
    }

    private func body(_ context: BasicRequestContext) -> Response {
        guard let message = message(context), case let parsed = message.parsed, let html = parsed.html else {
            return Self.response(Layout.notFound, status: .notFound)
        }
        let shown = LinkTarget.outside(MailPictures.linked(html, of: parsed, number: message.number))
        return Self.response(
            .init(string: shown), type: "text/html; charset=utf-8", policy: Self.mailPolicy)
    }

    private func picture(_ context: BasicRequestContext) -> Response {
        guard let place = context.parameters.get("place", as: Int.self),
            let part = message(context).flatMap({ MailPictures.part(place, of: $0.parsed) })
        else { return Self.response(Layout.notFound, status: .notFound) }
        return Self.response(.init(bytes: part.body), type: part.type)
    }

    private func download(_ context: BasicRequestContext) -> Response {
        guard let message = message(context) else { return Self.response(Layout.notFound, status: .notFound) }
        var response = Self.response(.init(bytes: message.bytes), type: "message/rfc822")
        response.headers[.contentDisposition] = "attachment; filename=\"message-\(message.number).eml\""
        return response
    }

    private func json(_ request: Request) throws -> Response {
        let offset = Self.number("offset", in: request, from: 0, to: .max) ?? 0
        let count = Self.number("count", in: request, from: 0, to: 1000) ?? 100
        let recipient = request.uri.queryParameters.get("to") ?? ""
        let page = mailbag.page(recipient: recipient, offset: offset, count: count)
        let listing = Listing(
            received: mailbag.received, dropped: mailbag.dropped, matches: page.matches,
            messages: page.messages.map(Summary.init))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Self.response(
            .init(bytes: Array(try encoder.encode(listing))), type: "application/json")
    }

    private func message(_ context: BasicRequestContext) -> InboxMessage? {
        context.parameters.get("number", as: Int.self).flatMap(mailbag.message)
    }

    private static func number(_ name: String, in request: Request, from: Int, to: Int) -> Int? {
        request.uri.queryParameters.get(name, as: Int.self).map { min(max($0, from), to) }
    }

    private static func response(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        response(.init(bytes: html.bytes), type: "text/html; charset=utf-8", status: status)
    }

    private static func response(
        _ body: ByteBuffer, type: String, status: HTTPResponse.Status = .ok, policy: String = pagePolicy
    ) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
        ]
        return Response(status: status, headers: headers, body: .init(byteBuffer: body))
    }

    private struct Listing: Encodable {
        let received: Int
        let dropped: Int
        let matches: Int
        let messages: [Summary]
    }
}

/// Answers only to the names of this machine: a page elsewhere that has its own name resolve to 127.0.0.1
/// cannot read the mails.
private struct LoopbackHosts: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority.map { $0.prefix { $0 != ":" } } ?? ""
        guard ["127.0.0.1", "localhost"].contains(host) else { return Response(status: .forbidden) }
        return try await next(request, context)
    }
}
