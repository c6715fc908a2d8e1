import Foundation
import Synchronization

/// An SMTP server that does what its script says, wrong things first of all, and remembers what it was told.
package final class FaultyServer: Sendable {
    /// The places of a conversation at which a relay answers.
    package enum Position: String, CaseIterable, Sendable {
        case greeting, ehlo, auth, mail, rcpt, data, end
    }

    /// What it does in place of the right answer.
    package enum Behaviour: Hashable, Sendable {
        case reply(String), garbage, close, silence
        /// Says 354 and hangs up when the first bytes of the text arrive.
        case closeInText
    }

    package struct Script: Sendable {
        package var behaviours: [Position: Behaviour] = [:]
        package var extensions = ["PIPELINING", "SIZE 10485760"]
        /// Whether EHLO is unknown, as with relays of the last century.
        package var knowsOnlyHELO = false
        /// What follows the first accepted message of each connection, in the same segment, before it is closed.
        package var farewell: String?

        package init(
            behaviours: [Position: Behaviour] = [:], extensions: [String] = ["PIPELINING", "SIZE 10485760"],
            knowsOnlyHELO: Bool = false, farewell: String? = nil
        ) {
            (self.behaviours, self.extensions) = (behaviours, extensions)
            (self.knowsOnlyHELO, self.farewell) = (knowsOnlyHELO, farewell)
        }
    }

    package struct Message: Hashable, Sendable {
        package var sender = ""
        package var recipients: [String] = []
        /// As on the wire, dots still doubled, without the final one.
        package var lines: [String] = []
    }

    package struct Log: Sendable {
        package var connections = 0
        package var commands: [String] = []
        package var messages: [Message] = []
    }

    package let port: UInt16
    /// One element for each connection that has ended.
    package let closings: AsyncStream<Void>
    private let listener: Socket
    private let state: Mutex<(script: Script, log: Log, clients: [Socket])>
    private let closed: AsyncStream<Void>.Continuation

    package init(_ script: Script = Script()) throws {
        state = Mutex((script, Log(), []))
        listener = try .listening()
        port = listener.port
        (closings, closed) = AsyncStream.makeStream()
        Thread { self.acceptAll() }.start()
    }

    package convenience init(_ position: Position, _ behaviour: Behaviour) throws {
        let isAuth = position == .auth
        try self.init(
            Script(behaviours: [position: behaviour], extensions: isAuth ? ["AUTH PLAIN"] : ["SIZE 10485760"])
        )
    }

    package var log: Log { state.withLock { $0.log } }

    /// What it does from now on.
    package var script: Script {
        get { state.withLock { $0.script } }
        set { state.withLock { $0.script = newValue } }
    }

    package func stop() {
        listener.shutdown()
        for client in state.withLock({ $0.clients }) { client.shutdown() }
    }

    private func acceptAll() {
        while let client = listener.accept() {
            state.withLock {
                $0.log.connections += 1
                $0.clients.append(client)
            }
            Thread { self.serve(client) }.start()
        }
        listener.close()
    }

    private func serve(_ client: Socket) {
        var conversation = Conversation(client: client, server: self)
        conversation.run()
        state.withLock { $0.clients.removeAll { $0 === client } }
        client.close()
        closed.yield()
    }

    /// One connection, on its own thread.
    private struct Conversation {
        let client: Socket
        let server: FaultyServer
        var buffer: [UInt8] = []
        var message = Message()

        mutating func run() {
            guard answer(.greeting, "220 faulty.example ESMTP") else { return }
            while let line = nextLine() {
                server.state.withLock { $0.log.commands.append(line) }
                guard handle(line) else { return }
            }
        }

        private mutating func handle(_ line: String) -> Bool {
            let argument = String(line.drop { $0 != ":" }.dropFirst())
            switch line.prefix(4).uppercased() {
            case "EHLO" where server.script.knowsOnlyHELO:
                client.write("502 5.5.1 What\r\n")
                return true
            case "EHLO":
                let lines = ["faulty.example"] + server.script.extensions
                let reply = lines.dropLast().map { "250-\($0)\r\n" }.joined() + "250 \(lines.last ?? "")"
                return answer(.ehlo, reply)
            case "HELO": return answer(.ehlo, "250 faulty.example")
            case "AUTH": return authenticate(line)
            case "MAIL":
                message = Message(sender: argument)
                return answer(.mail, "250 2.1.0 Ok")
            case "RCPT":
                message.recipients.append(argument)
                return answer(.rcpt, "250 2.1.5 Ok")
            case "DATA": return answer(.data, "354 Go ahead") && takeText()
            case "NOOP":
                client.write("250 2.0.0 Ok\r\n")
                return true
            case "QUIT":
                client.write("221 Bye\r\n")
                return false
            default:
                client.write("502 5.5.2 No\r\n")
                return true
            }
        }

        private mutating func authenticate(_ line: String) -> Bool {
            if case .reply? = server.script.behaviours[.auth] { return answer(.auth, "") }
            for _ in line.hasSuffix("LOGIN") ? ["user", "password"] : ["both"] {
                client.write("334 \r\n")
                guard let secret = nextLine() else { return false }
                server.state.withLock { $0.log.commands.append(secret) }
            }
            return answer(.auth, "235 2.7.0 Ok")
        }

        private mutating func takeText() -> Bool {
            guard server.script.behaviours[.data] == nil else { return true }
            while let line = nextLine(), line != "." { message.lines.append(line) }
            guard server.script.behaviours[.end] == nil else { return answer(.end, "") }
            server.state.withLock { $0.log.messages.append(message) }
            client.write("250 2.0.0 Ok: queued as 4CFaulty\r\n" + (server.script.farewell ?? ""))
            return server.script.farewell == nil
        }

        /// Answers as scripted.
        /// - Returns: Whether the connection goes on.
        private mutating func answer(_ position: Position, _ right: String) -> Bool {
            switch server.script.behaviours[position] {
            case nil: client.write(right + "\r\n")
            case .reply(let text):
                client.write(text + "\r\n")
                return !text.hasPrefix("421")
            case .garbage: client.write("<html>\r\n")
            case .close: return false
            case .closeInText:
                client.write("354 Go ahead\r\n")
                _ = client.read()
                return false
            case .silence:
                while nextLine() != nil {}
                return false
            }
            return true
        }

        private mutating func nextLine() -> String? {
            while true {
                if let end = buffer.firstIndex(of: 0x0A) {
                    let line = buffer[..<end]
                    buffer.removeSubrange(...end)
                    return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
                }
                let bytes = client.read()
                guard !bytes.isEmpty else { return nil }
                buffer += bytes
            }
        }
    }
}
