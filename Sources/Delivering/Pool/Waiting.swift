import Synchronization

/// Where tasks wait for something to change.
final class Waiting: Sendable {
    private struct State {
        var changes = 0
        var next = 0
        var tasks: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often something has changed; taken before looking, so that no change is missed between the look and
    /// the wait.
    var changes: Int { state.withLock { $0.changes } }

    /// Lets every waiting task look again.
    func wake() {
        let tasks = state.withLock { state in
            state.changes += 1
            defer { state.tasks = [:] }
            return state.tasks
        }
        for task in tasks.values { task.resume() }
    }

    /// Waits for a change beyond `changes`, an instant or the task's cancellation.
    func wait(beyond changes: Int, until instant: Int64?, _ clock: PoolClock) async {
        guard let instant else { return await wait(beyond: changes) }
        await withTaskGroup { group in
            group.addTask { await self.wait(beyond: changes) }
            group.addTask { await clock.sleep(instant) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(beyond changes: Int) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isOver = state.changes != changes || Task.isCancelled
                    if !isOver { state.tasks[number] = continuation }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.tasks.removeValue(forKey: number) }?.resume()
        }
    }
}
