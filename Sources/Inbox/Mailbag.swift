import Synchronization

/// The messages that the inbox holds, newest kept: a count and a size bound them, the oldest go first.
package final class Mailbag: Sendable {
    /// How much is kept.
    package struct Limits: Sendable {
        /// Messages.
        package var messages = 50_000
        /// Bytes of all messages together.
        package var bytes = 512 << 20
        /// Bytes of one message; a larger one is refused.
        package var messageBytes = 32 << 20

        /// The limits of a development inbox.
        package init() {}
    }

    /// Some of the messages, and where they stand among all.
    package struct Page: Sendable {
        /// Newest first.
        package var messages: [InboxMessage] = []
        /// How many match altogether.
        package var matches = 0
    }

    private struct Waiter {
        let count: Int
        let isReached: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var messages: [Int: InboxMessage] = [:]
        var oldest = 1
        var next = 1
        var bytes = 0
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    package let limits: Limits
    private let now: @Sendable () -> Int64
    private let state = Mutex(State())

    /// An empty bag.
    /// - Parameter now: The clock, seconds since 1970.
    package init(limits: Limits = Limits(), now: @escaping @Sendable () -> Int64) {
        (self.limits, self.now) = (limits, now)
    }

    /// How many messages have arrived, dropped ones too.
    package var received: Int { state.withLock { $0.next - 1 } }

    /// How many messages were dropped to keep to the limits.
    package var dropped: Int { state.withLock { $0.oldest - 1 } }

    /// All messages that are held, oldest first.
    package var messages: [InboxMessage] {
        state.withLock { state in (state.oldest..<state.next).compactMap { state.messages[$0] } }
    }

    /// One message, nil when it never came or was dropped.
    package func message(_ number: Int) -> InboxMessage? {
        state.withLock { $0.messages[number] }
    }

    /// The messages to whoever contains `recipient`, newest first.
    /// - Parameters:
    ///   - recipient: Part of an address; empty for all.
    ///   - offset: How many of the newest to leave out.
    ///   - count: How many to give at most.
    package func page(recipient: String, offset: Int, count: Int) -> Page {
        let (messages, oldest, next) = state.withLock { ($0.messages, $0.oldest, $0.next) }
        var page = Page()
        for number in (oldest..<next).reversed() {
            guard let message = messages[number], recipient.isEmpty || message.isTo(recipient) else {
                continue
            }
            if page.matches >= offset, page.messages.count < count { page.messages.append(message) }
            page.matches += 1
        }
        return page
    }

    /// Takes a message, and lets the oldest go where the limits ask for it.
    package func add(sender: String, recipients: [String], bytes: [UInt8]) {
        let received = now()
        let reached = state.withLock { state in
            state.messages[state.next] = InboxMessage(
                number: state.next, received: received, sender: sender, recipients: recipients, bytes: bytes)
            state.next += 1
            state.bytes += bytes.count
            while state.messages.count > limits.messages || state.bytes > limits.bytes {
                state.bytes -= state.messages.removeValue(forKey: state.oldest)?.bytes.count ?? 0
                state.oldest += 1
            }
            let reached = state.waiters.filter { $0.value.count < state.next }
            for key in reached.keys { state.waiters[key] = nil }
            return reached.values
        }
        for waiter in reached { waiter.isReached.resume(returning: true) }
    }

    /// Waits until `count` messages have arrived since the start.
    /// - Returns: Whether they have, within the time.
    package func waitForMessages(count: Int, timeout: Duration) async -> Bool {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let deadline = Task {
            try await Task.sleep(for: timeout)
            giveUp(key)
        }
        defer { deadline.cancel() }
        return await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                let isReached = state.next > count
                if !isReached { state.waiters[key] = Waiter(count: count, isReached: continuation) }
                return isReached
            }
            if isReached { continuation.resume(returning: true) }
        }
    }

    private func giveUp(_ key: Int) {
        state.withLock { $0.waiters.removeValue(forKey: key) }?.isReached.resume(returning: false)
    }
}
