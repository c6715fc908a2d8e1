import Testing

/// The tests that drive the binary. One after the other: each of them keeps the machine busy with processes, and
/// those that kill measure how long the undisturbed command takes.
@Suite("The binary, end to end", .serialized)
enum EndToEnd {}
