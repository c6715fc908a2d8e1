import Foundation
import Model
import TestSupport

/// A clock that stands still until a test sets it, for commands that run under libfaketime.
final class FakeTime: Sendable {
    /// Why there is none; nil where there is.
    static let isMissing: String? =
        library == nil
        ? "faketime is not installed" : compiler == nil ? "there is no C compiler to mend faketime with" : nil

    /// The library for programs of many threads, wherever this machine's kind of it lies.
    private static let library: String? = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
        let paths = (folders.map { "/usr/lib/\($0)" } + ["/usr/lib", "/usr/local/lib"])
            .map { "\($0)/faketime/libfaketimeMT.so.1" }
        return paths.first(where: FileManager.default.fileExists)
    }()
    private static let compiler = Executable("cc", "clang", "gcc")

    /// libfaketime 0.9.10 takes the deadline of every timer for one of the wall clock, so that those of the monotonic
    /// clock, by which programs sleep, would never come.
    private static let timers = """
        #include <sys/syscall.h>
        #include <sys/timerfd.h>
        #include <unistd.h>
        int timerfd_settime(int timer, int flags, const struct itimerspec *to, struct itimerspec *was) {
            return syscall(SYS_timerfd_settime, timer, flags, to, was);
        }

        """

    /// What starts commands that go by the clock, named before them: libfaketime changes the environment of the first
    /// program that it is loaded into, beside which Swift finds a program's arguments.
    let launcher = "/usr/bin/env"
    /// What commands need in their environment to go by the clock.
    let environment: [String: String]
    private let folder: SharedFolder

    /// - Throws: `ExecutableError` when the compiler fails, `POSIXError` where something is missing.
    init(at instant: Timestamp) throws {
        guard let library = Self.library, let compiler = Self.compiler else { throw POSIXError(.ENOENT) }
        folder = try SharedFolder()
        try folder.write(Self.timers, to: "timers.c")
        try compiler.run(["-shared", "-fPIC", "-o", "timers.so", "timers.c"], in: folder.url)
        environment = [
            "LD_PRELOAD": "\(folder.url.path)/timers.so:\(library)",
            "FAKETIME_TIMESTAMP_FILE": "\(folder.url.path)/clock", "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC",
        ]
        try set(to: instant)
    }

    deinit {
        folder.remove()
    }

    /// Sets the clock, at one go for whoever reads it.
    func set(to instant: Timestamp) throws {
        let text = instant.description.prefix(19).replacing("T", with: " ")
        try Data("\(text)\n".utf8).write(to: folder.url.appending(path: "clock"), options: .atomic)
    }
}
