/// What one attempt to hand over a message left behind: all that `DeliveryPolicy` looks at.
package struct Attempt: Sendable {
    /// libcurl's error, nil when it reports success.
    package var error: CurlError?
    /// The latest complete reply heard in this attempt, that to QUIT not counted.
    package var reply: SMTPReply?
    /// How many complete replies were heard, up to `reply`.
    package var replyCount: Int
    /// Whether the relay took the sender (MAIL), so that what it said then was about this message.
    package var tookSender: Bool
    /// Whether the relay asked for the text (354), so that it may have the message.
    package var heardGoAhead: Bool
    /// Whether the connection was one kept open from an earlier message.
    package var reusedConnection: Bool
    /// Whether it was given up because sending stops.
    package var wasStopped: Bool

    /// An attempt with all that was seen of it.
    package init(
        error: CurlError?, reply: SMTPReply?, replyCount: Int, tookSender: Bool, heardGoAhead: Bool,
        reusedConnection: Bool = false, wasStopped: Bool = false
    ) {
        (self.error, self.reply, self.replyCount) = (error, reply, replyCount)
        (self.tookSender, self.heardGoAhead) = (tookSender, heardGoAhead)
        (self.reusedConnection, self.wasStopped) = (reusedConnection, wasStopped)
    }
}
