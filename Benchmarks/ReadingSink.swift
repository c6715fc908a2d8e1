import Foundation

/// `boon-bench sink PORT`: an SMTP server that only reads. It looks at nothing but where a text ends, so that what
/// is measured is the sender; Postfix's `smtp-sink` looks at every byte.
///
/// It counts on clients that wait for each reply, as Boon's and `smtp-source` do.
enum ReadingSink {
    /// Serves until the process is killed.
    static func run(port: UInt16) throws -> Never {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var (address, yes) = (sockaddr_in.loopback(port: port), Int32(1))
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard address.withPointer({ bind(listener, $0, $1) }) == 0, listen(listener, 1000) == 0 else {
            throw BenchError("port \(port) is taken")
        }
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { continue }
            setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            let thread = Thread { serve(client) }
            thread.stackSize = 256 << 10
            thread.start()
        }
    }

    private static func serve(_ client: Int32) {
        defer { close(client) }
        let ready: StaticString = "220 sink ESMTP\r\n"
        let fine: StaticString = "250 2.0.0 Ok\r\n"
        let goAhead: StaticString = "354 Go ahead\r\n"
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
            guard say(ready, to: client) else { return }
            while let count = read(client, into: buffer) {
                let isData = count >= 4 && buffer[0] | 0x20 == UInt8(ascii: "d")
                guard say(isData ? goAhead : fine, to: client) else { return }
                if isData {
                    guard readText(client, into: buffer), say(fine, to: client) else { return }
                }
            }
        }
    }

    private static func read(_ client: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let count = recv(client, buffer.baseAddress, buffer.count, 0)
        return count > 0 ? count : nil
    }

    /// Reads to the end of a text: the client says nothing more before it is answered, so the end of what has come
    /// is looked at and nothing else.
    private static func readText(_ client: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        let end: [UInt8] = Array("\r\n.\r\n".utf8)
        // The last bytes so far, since the end may come in pieces.
        var tail: [UInt8] = []
        while let count = read(client, into: buffer) {
            if count >= end.count {
                tail = Array(buffer[(count - end.count)..<count])
            } else {
                tail = Array((tail + buffer[..<count]).suffix(end.count))
            }
            if tail == end { return true }
        }
        return false
    }

    private static func say(_ text: StaticString, to client: Int32) -> Bool {
        send(client, text.utf8Start, text.utf8CodeUnitCount, Int32(MSG_NOSIGNAL)) == text.utf8CodeUnitCount
    }
}
