/// A port that another program listens on.
package struct PortTaken: Error, Hashable, CustomStringConvertible {
    /// The port of 127.0.0.1.
    package let port: Int

    package var description: String { "port \(port) of 127.0.0.1 is taken by another program" }
}
