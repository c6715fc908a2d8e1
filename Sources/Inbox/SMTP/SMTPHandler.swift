import NIOCore

/// Joins one connection to its session and the session to the mailbag.
final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let mailbag: Mailbag
    private var session: SMTPSession

    init(mailbag: Mailbag) {
        self.mailbag = mailbag
        session = SMTPSession(messageLimit: mailbag.limits.messageBytes)
    }

    func channelActive(context: ChannelHandlerContext) {
        perform([.reply(SMTPSession.greeting)], context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        perform(session.receive(unwrapInboundIn(data).readableBytesView), context)
    }

    /// Every reply to what arrived together leaves together.
    private func perform(_ actions: [SMTPSession.Action], _ context: ChannelHandlerContext) {
        var output = context.channel.allocator.buffer(capacity: 128)
        var closes = false
        for action in actions {
            switch action {
            case .reply(let text): output.writeString(text + "\r\n")
            case .message(let sender, let recipients, let bytes):
                mailbag.add(sender: sender, recipients: recipients, bytes: bytes)
            case .close: closes = true
            }
        }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        if closes { context.close(mode: .output, promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            perform([.reply("421 4.4.2 Nothing was said for five minutes")], context)
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// A client that breaks off is nothing to report: what it had not finished is not kept.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
