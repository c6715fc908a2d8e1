import Foundation
import Synchronization

/// Tells how far long work is: a bar that moves on a terminal, a plain line now and then elsewhere.
final class Progress: Sendable {
    private struct State {
        var count = 0
        var done = 0
        var total: Int?
        var shown = ContinuousClock.now
        var isShown = false
    }

    private let label: String
    private let noun: String
    private let begun = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameters:
    ///   - label: what is being done, `Sending`.
    ///   - noun: what is counted: `message`.
    ///   - total: how many there are, where that is known.
    init(_ label: String, each noun: String, total: Int? = nil) {
        (self.label, self.noun) = (label, noun)
        state = Mutex(State(total: total))
    }

    /// So many more are done.
    func advance(by count: Int) {
        update { state in
            state.count += count
            state.done += count
        }
    }

    /// So many are counted by now, and so much of the whole is done, where that is measured in something else.
    func set(count: Int, done: Int, of total: Int) {
        update { ($0.count, $0.done, $0.total) = (count, done, total) }
    }

    /// Takes the bar away, so that what follows stands on a line of its own.
    func finish() {
        if state.withLock({ $0.isShown }) && Console.isErrorTerminal { Console.write(status: "") }
    }

    private func update(_ change: (inout State) -> Void) {
        let line = state.withLock { state -> String? in
            change(&state)
            let now = ContinuousClock.now
            let pause: Duration = Console.isErrorTerminal ? .milliseconds(100) : .seconds(5)
            guard now - state.shown >= pause else { return nil }
            (state.shown, state.isShown) = (now, true)
            return text(state, after: max((now - begun) / .seconds(1), 0.001))
        }
        if let line { Console.write(status: line) }
    }

    private func text(_ state: State, after seconds: Double) -> String {
        let count = counted(state.count, noun)
        let rate = "\(grouped(Int(Double(state.count) / seconds)))/s"
        guard let total = state.total, total > 0, state.done > 0 else {
            return Self.fitting(label, bar: nil, ["\(count), \(rate)", count])
        }
        let share = min(1, Double(state.done) / Double(total))
        let percent = "\(Int(share * 100)) %"
        let left = "\(Self.time(seconds * (1 - share) / share)) left"
        return Self.fitting(
            label, bar: share,
            [
                "\(percent), \(count), \(rate), \(left)", "\(percent), \(count), \(left)",
                "\(percent), \(left)",
            ])
    }

    /// A line that fits into the terminal, which could not take it away again otherwise: the longest text that there is
    /// room for, and a bar in what is left.
    private static func fitting(_ label: String, bar share: Double?, _ texts: [String]) -> String {
        guard let room = Console.errorWidth.map({ $0 - label.count - 2 }) else {
            return "\(label) \(texts[0])"
        }
        let text = texts.first { $0.count <= room } ?? ""
        let length = min(20, room - text.count - 1)
        guard let share, length >= 5 else {
            return String("\(label) \(text)".prefix(label.count + 1 + max(0, room)))
        }
        let filled = Int(share * Double(length))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: length - filled)
        return "\(label) \(bar) \(text)"
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}

/// A whole number with a comma between thousands: `1,000,000`.
func grouped(_ number: some BinaryInteger) -> String {
    var digits = Array(String(number.magnitude))
    var position = digits.count - 3
    while position > 0 {
        digits.insert(",", at: position)
        position -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
}

/// A number with its noun: `1 error`, `3 errors`.
func counted(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
