import MIME

@testable import Delivering

enum Sample {
    static func message(_ body: String = "Hello\r\n") throws -> FinalBytes {
        let header = "From: Kohv <tere@kohv.example>\r\nTo: kadri@shop.example\r\nSubject: Hello\r\n\r\n"
        return try FinalBytes(checking: Array((header + body).utf8))
    }

    static func envelope(to recipient: String = "kadri@shop.example") throws -> Envelope {
        try Envelope(sender: "bounce+k7@kohv.example", recipient: recipient)
    }
}

/// Waits of a second in place of minutes, so that silence is told soon.
let shortTimeouts = SMTPCourier.Timeouts(connect: 1, reply: 1)

/// Hands messages over on one connection, one after the other, and closes it.
func deliver(
    _ messages: [FinalBytes], to port: UInt16, login: Relay.Login? = nil, encrypted: Bool? = nil,
    timeouts: SMTPCourier.Timeouts = shortTimeouts
) async throws -> [Outcome] {
    let relay = try Relay(
        name: "main", url: "smtp://127.0.0.1:\(port)", encrypted: encrypted, login: login, connections: 1)
    let connections = RelayConnections(to: relay, timeouts: timeouts)
    let envelope = try Sample.envelope()
    let outcomes = await connections.deliver(messages.map { EnvelopedMessage(envelope, $0) })
    await connections.finish()
    return outcomes
}
