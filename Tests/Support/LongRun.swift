import Foundation

/// `make long`: the same tests, with as many repetitions as only a machine with time to spare makes.
package enum LongRun {
    package static let isWanted = ProcessInfo.processInfo.environment["BOON_LONG"] == "1"
}
