import CCurl
import MIME

/// Tries a relay out: connects, encrypts and logs in as sending would, and tells what it found.
package struct RelayProbe: Sendable {
    private let relay: Relay
    private let timeouts: SMTPCourier.Timeouts

    /// - Parameter timeouts: Shorter than for sending: a person waits.
    package init(_ relay: Relay, timeouts: SMTPCourier.Timeouts = .init(connect: 30, reply: 30)) {
        (self.relay, self.timeouts) = (relay, timeouts)
    }

    /// Looks at the relay without sending anything. Blocks.
    package func connect() -> RelayFindings {
        let conversation = Conversation(
            message: UnsafeRawBufferPointer(start: nil, count: 0), stop: StopSignal())
        var failure: CurlError?
        do throws(CurlError) {
            let handle = try EasyHandle()
            try handle.prepare(for: relay, timeouts)
            try handle.set(.noBody, true)
            try handle.set(.command, "NOOP")
            try handle.converse(conversation)
        } catch {
            failure = error
        }
        return findings(conversation, failure)
    }

    /// Sends one message over a connection of its own. Blocks.
    package func send(_ envelope: Envelope, _ message: FinalBytes) -> Outcome {
        do throws(CurlError) {
            let courier = try SMTPCourier(relay: relay, timeouts: timeouts)
            return courier.deliver(envelope, message, stop: StopSignal())
        } catch {
            return Outcome(.unreachable, reply: "Not handed over: \(error)")
        }
    }

    private func findings(_ conversation: Conversation, _ failure: CurlError?) -> RelayFindings {
        let replies = conversation.replies.compactMap { bytes in
            SMTPReply(bytes, hiding: "").map { (reply: $0, bytes: bytes) }
        }
        var findings = RelayFindings()
        findings.greeting = replies.first?.reply.text
        findings.tls = conversation.remarks.lazy.compactMap(Self.tls).first
        // After STARTTLS the relay is greeted again, and only the second answer holds (RFC 3207, section 4.2).
        let session = replies.lastIndex { $0.reply.code == 220 }.map { replies[$0...].dropFirst() } ?? []
        findings.capabilities =
            session.first { $0.reply.code == 250 }.map { Self.capabilities($0.bytes) } ?? []
        if relay.login != nil { findings.loggedIn = replies.contains { $0.reply.code == 235 } }
        let last = replies.last { $0.reply.code != 221 }?.reply
        findings.trouble = failure.map { trouble($0, last, conversation) } ?? loginTrouble(findings)
        return findings
    }

    /// `SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384`: libcurl says it to whoever debugs, and only the TLS
    /// library it was built with could say it otherwise.
    private static func tls(_ remark: String) -> RelayFindings.TLS? {
        let start = "SSL connection using "
        guard remark.hasPrefix(start) else { return nil }
        let words = remark.dropFirst(start.count).split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, words[1] == "/" else { return nil }
        return RelayFindings.TLS(version: String(words[0]), cipher: String(words[2]))
    }

    /// The lines after the first, which is the relay's name.
    private static func capabilities(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
            let words = line.dropFirst(4).lazy.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
            let capability = String(decoding: words, as: UTF8.self).split(separator: " ").joined(
                separator: " ")
            return capability.isEmpty ? nil : capability
        }
    }

    private func loginTrouble(_ findings: RelayFindings) -> String? {
        guard findings.loggedIn == false else { return nil }
        let offered = findings.mechanisms.joined(separator: ", ")
        return
            "Relay \(relay.name) \(offered.isEmpty ? "offers no log-in" : "offers only \(offered) to log in"); "
            + "leave its username out of boon.yaml, or ask who runs it"
    }

    private func trouble(_ error: CurlError, _ reply: SMTPReply?, _ conversation: Conversation) -> String {
        let name = "Relay \(relay.name)"
        let answer = reply.map { " answers \"\($0)\"" } ?? ""
        switch CURLcode(UInt32(error.code)) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "\(name): the host \(relay.address.host) is not known; correct its url in boon.yaml"
        case CURLE_COULDNT_CONNECT:
            return
                "\(name): nothing answers at \(relay.address); see that it runs and that its url in boon.yaml is "
                + "right"
        case CURLE_OPERATION_TIMEDOUT:
            return
                "\(name) does not answer in time; see that its url in boon.yaml is right and no firewall is between"
        case CURLE_PEER_FAILED_VERIFICATION:
            return
                "\(name) shows a certificate that does not hold (\(error)); write the name that is in it into its "
                + "url, or have its authority trusted on this machine, or name its file in SSL_CERT_FILE"
        case CURLE_USE_SSL_FAILED:
            return
                "\(name) offers no STARTTLS; write smtps:// in its url, or tls: none if nobody else is on the way"
        case CURLE_SSL_CONNECT_ERROR:
            return
                "\(name) does not speak TLS as it should (\(error)); see that scheme and port of its url agree: "
                + "465 is mostly smtps://, 25 and 587 are smtp://"
        case CURLE_LOGIN_DENIED:
            return "\(name)\(answer) to the log-in; correct its username or password in boon.yaml"
        case CURLE_RECV_ERROR where reply == nil, CURLE_GOT_NOTHING where reply == nil,
            CURLE_SEND_ERROR where reply == nil:
            return
                "\(name) hangs up before it says anything (\(error)); ask who runs it whether this machine may send, or "
                + "correct the port of its url in boon.yaml"
        case CURLE_WRITE_ERROR where conversation.heardGarbage:
            return "\(name) answers with something that is no SMTP; see that its url in boon.yaml is right"
        default:
            return (reply?.code ?? 0) >= 400
                ? "\(name)\(answer); ask who runs it"
                : "\(name): \(error); see that its url in boon.yaml is right"
        }
    }
}
