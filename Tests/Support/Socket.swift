import Foundation

/// A TCP socket on loopback with blocking calls, for servers that run on threads of their own.
package final class Socket: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        // A child that held it would keep the port open after the test.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Listens on a port of 127.0.0.1 that the system chooses.
    package static func listening() throws -> Socket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: 0)
        let bound = withSocketAddress(&address) { Glibc.bind(descriptor, $0, $1) }
        guard descriptor >= 0, bound == 0, listen(descriptor, 128) == 0 else { throw POSIXError(.EADDRINUSE) }
        return Socket(descriptor: descriptor)
    }

    /// A port on which nothing listens at the moment.
    package static func freePort() throws -> UInt16 {
        let socket = try listening()
        defer { socket.close() }
        return socket.port
    }

    /// Whether something listens on a port of 127.0.0.1.
    package static func isListening(port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { _ = Glibc.close(descriptor) }
        var address = loopback(port: port)
        return withSocketAddress(&address) { connect(descriptor, $0, $1) } == 0
    }

    package var port: UInt16 {
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Waits for a client.
    /// - Returns: nil once the socket was shut down.
    package func accept() -> Socket? {
        let client = Glibc.accept(descriptor, nil, nil)
        return client >= 0 ? Socket(descriptor: client) : nil
    }

    /// Reads what is there, waiting for the first byte; empty at the end.
    package func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    package func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Ends both directions, so that a thread blocked on the socket goes on.
    package func shutdown() {
        _ = Glibc.shutdown(descriptor, CInt(SHUT_RDWR))
    }

    package func close() {
        _ = Glibc.close(descriptor)
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withSocketAddress(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
