import Foundation
import Synchronization

/// An SMTP server that takes every message and writes down whom it is to, which one it is and when it came, before
/// the sender hears that it was accepted. The texts are forgotten.
package final class MailLog: Postbox {
    package let port: UInt16
    private let listener: Socket
    private let state = Mutex((arrivals: [Arrival](), clients: [Socket]()))

    /// Starts it.
    package init() throws {
        listener = try .listening()
        port = listener.port
        Thread { self.acceptAll() }.start()
    }

    package func arrivals() -> [Arrival] { state.withLock { $0.arrivals } }

    package func stop() {
        listener.shutdown()
        for client in state.withLock({ $0.clients }) { client.shutdown() }
    }

    private func acceptAll() {
        while let client = listener.accept() {
            state.withLock { $0.clients.append(client) }
            Thread { self.serve(client) }.start()
        }
        listener.close()
    }

    private func serve(_ client: Socket) {
        var conversation = Conversation(client: client, log: self)
        conversation.run()
        state.withLock { $0.clients.removeAll { $0 === client } }
        client.close()
    }

    /// One connection, on its own thread.
    private struct Conversation {
        let client: Socket
        let log: MailLog
        private var buffer = Data()
        private var recipient = ""

        init(client: Socket, log: MailLog) {
            (self.client, self.log) = (client, log)
        }

        mutating func run() {
            client.write("220 log.example ESMTP\r\n")
            while let line = take(until: Self.lineEnd) {
                switch String(decoding: line.prefix(4), as: UTF8.self) {
                case "RCPT":
                    recipient = line.text(after: "<", until: ">")
                    client.write("250 2.1.5 Ok\r\n")
                case "DATA":
                    client.write("354 Go ahead\r\n")
                    guard let text = take(until: Self.textEnd) else { return }
                    let identifier = text.text(after: "\r\nMessage-ID: ", until: "\r\n")
                    let arrival = Arrival(recipient: recipient, messageID: identifier, at: .now)
                    log.state.withLock { $0.arrivals.append(arrival) }
                    client.write("250 2.0.0 Ok\r\n")
                case "QUIT": return client.write("221 Bye\r\n")
                default: client.write("250 Ok\r\n")
                }
            }
        }

        private static let lineEnd = Data("\r\n".utf8)
        private static let textEnd = Data("\r\n.\r\n".utf8)

        /// What comes before an end, reading on until it is there.
        /// - Returns: nil when the client has gone before.
        private mutating func take(until end: Data) -> Data? {
            while true {
                if let range = buffer.range(of: end) {
                    defer { buffer.removeSubrange(..<range.upperBound) }
                    return Data(buffer[..<range.lowerBound])
                }
                let bytes = client.read()
                if bytes.isEmpty { return nil }
                buffer += bytes
            }
        }
    }
}
