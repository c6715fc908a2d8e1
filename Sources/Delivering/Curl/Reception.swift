import CCurl
import Foundation

/// What comes in during a transfer from a mailbox.
final class Reception {
    /// What was asked for.
    private(set) var body: [UInt8] = []
    /// Everything else the server said.
    private(set) var remarks: [UInt8] = []
    /// Whether another connection may be opened.
    var mayConnect = true

    /// Raised to give up the transfer.
    let stop: StopSignal

    private static let mostRemarks = 65_536

    init(stop: StopSignal) {
        self.stop = stop
    }

    /// Forgets the transfer before.
    func begin() {
        body.removeAll(keepingCapacity: true)
        remarks.removeAll(keepingCapacity: true)
    }

    /// - Returns: false to end the transfer, which has brought more than any report.
    fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= MailboxLimits.message + 65_536 else { return false }
        body.append(contentsOf: bytes)
        return true
    }

    fileprivate func hear(_ line: UnsafeRawBufferPointer) {
        if remarks.count + line.count <= Self.mostRemarks { remarks.append(contentsOf: line) }
    }
}

extension EasyHandle {
    /// Fetches what the URL and the command name, blocking until all of it has come.
    /// - Throws: `CurlError` for anything but success.
    borrowing func perform(into reception: Reception) throws(CurlError) {
        let context = Unmanaged.passUnretained(reception).toOpaque()
        try check(boon_curl_set_data_function(handle, CURLOPT_WRITEFUNCTION, takeBytes))
        try check(boon_curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try check(boon_curl_set_data_function(handle, CURLOPT_HEADERFUNCTION, hearRemark))
        try check(boon_curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try check(boon_curl_set_progress_function(handle, checkForStop))
        try check(boon_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context))
        try check(boon_curl_set_socket_function(handle, openSocket))
        try check(boon_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
        try transfer()
        withExtendedLifetime(reception) {}
    }
}

// MARK: - Callbacks

private func takeBytes(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return reception.take(buffer) ? buffer.count : 0
}

private func hearRemark(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
    reception.hear(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func openSocket(
    context: UnsafeMutableRawPointer?, _: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address,
        Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue().mayConnect
    else { return CURL_SOCKET_BAD }
    let place = address.pointee
    return socket(place.family, place.socktype | Int32(SOCK_CLOEXEC.rawValue), place.protocol)
}

private func checkForStop(
    context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> CInt {
    guard let context else { return 1 }
    return Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue().stop.isRaised ? 1 : 0
}
