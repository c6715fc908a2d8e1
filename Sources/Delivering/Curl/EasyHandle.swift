import CCurl
import Foundation

/// One libcurl easy handle. It keeps its connection open between transfers and closes it, with `QUIT`,
/// when it is given up. A handle belongs to one thread.
struct EasyHandle: ~Copyable {
    let handle: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>

    /// Starts libcurl if this is the first handle.
    /// - Throws: `CurlError` when libcurl cannot be started.
    init() throws(CurlError) {
        guard Self.libraryCode == CURLE_OK.rawValue else { throw CurlError(code: Int(Self.libraryCode)) }
        guard let handle = curl_easy_init() else { throw CurlError(code: Int(CURLE_FAILED_INIT.rawValue)) }
        self.handle = handle
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        boon_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
        boon_curl_set_data_function(handle, CURLOPT_HEADERFUNCTION, hearLine)
        boon_curl_set_data_function(handle, CURLOPT_READFUNCTION, readMessage)
        boon_curl_set_progress_function(handle, checkForStop)
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    /// Without signals libcurl leaves SIGPIPE to the program: a relay that hangs up while OpenSSL writes
    /// would end the process.
    private static let libraryCode: UInt32 = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)).rawValue
    }()

    /// Sets a text; libcurl copies it.
    borrowing func set(_ option: EasyOption<String>, _ text: String) throws(CurlError) {
        try check(boon_curl_set_text(handle, option.raw, text))
    }

    /// Sets a text, or takes back what was set.
    borrowing func set(_ option: EasyOption<String?>, _ text: String?) throws(CurlError) {
        try check(boon_curl_set_text(handle, option.raw, text))
    }

    /// Sets a number.
    borrowing func set(_ option: EasyOption<Int>, _ number: Int) throws(CurlError) {
        try check(boon_curl_set_long(handle, option.raw, number))
    }

    /// Switches something on or off.
    borrowing func set(_ option: EasyOption<Bool>, _ isOn: Bool) throws(CurlError) {
        try check(boon_curl_set_long(handle, option.raw, isOn ? 1 : 0))
    }

    /// Hands one message over, blocking until the relay has answered or the attempt has failed.
    /// - Parameters:
    ///   - recipient: The one address in `RCPT TO`.
    ///   - conversation: Gives the message and takes the replies.
    /// - Throws: `CurlError` for anything but success.
    borrowing func perform(to recipient: String, _ conversation: Conversation) throws(CurlError) {
        guard let recipients = curl_slist_append(nil, recipient) else {
            throw CurlError(code: Int(CURLE_OUT_OF_MEMORY.rawValue))
        }
        defer { curl_slist_free_all(recipients) }
        try check(boon_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
        try check(boon_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, Int(conversation.messageSize)))
        try perform(conversation)
    }

    /// Connects and gives the one command that was set, blocking until the relay has answered.
    /// - Parameter conversation: Takes the replies and libcurl's remarks.
    /// - Throws: `CurlError` for anything but success.
    borrowing func converse(_ conversation: Conversation) throws(CurlError) {
        let context = Unmanaged.passUnretained(conversation).toOpaque()
        try check(boon_curl_set_debug_function(handle, hearRemark))
        try check(boon_curl_set_pointer(handle, CURLOPT_DEBUGDATA, context))
        try set(.verbose, true)
        try perform(conversation)
    }

    private borrowing func perform(_ conversation: Conversation) throws(CurlError) {
        let context = Unmanaged.passUnretained(conversation).toOpaque()
        try check(boon_curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try check(boon_curl_set_pointer(handle, CURLOPT_READDATA, context))
        try check(boon_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context))
        try transfer()
        withExtendedLifetime(conversation) {}
    }

    /// Runs the transfer that was set up, blocking until its end.
    borrowing func transfer() throws(CurlError) {
        errorText[0] = 0
        try check(curl_easy_perform(handle))
    }

    /// Whether the last transfer went over a connection that was already open.
    var reusedConnection: Bool { number(CURLINFO_NUM_CONNECTS) == 0 }

    /// The code of the last transfer's last reply, that to QUIT not counted; 0 when there was none.
    var replyCode: Int { number(CURLINFO_RESPONSE_CODE) ?? 0 }

    /// Cuts the connection off. libcurl would say QUIT to a relay that says nothing, and wait two minutes for the
    /// answer before the handle is given up.
    borrowing func hangUp() {
        guard let socket = number(CURLINFO_LASTSOCKET), socket >= 0 else { return }
        shutdown(Int32(socket), Int32(SHUT_RDWR))
    }

    private func number(_ info: CURLINFO) -> Int? {
        var value = 0
        return boon_curl_get_long(handle, info, &value) == CURLE_OK ? value : nil
    }

    borrowing func check(_ code: CURLcode) throws(CurlError) {
        guard code != CURLE_OK else { return }
        throw CurlError(code: Int(code.rawValue), details: String(cString: errorText))
    }
}

/// What libcurl says when a call fails.
package struct CurlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// libcurl's number for the error, as in `libcurl-errors(3)`.
    package let code: Int
    /// libcurl's own words.
    package let description: String

    init(code: Int, details: String = "") {
        self.code = code
        description = details.isEmpty ? String(cString: curl_easy_strerror(CURLcode(UInt32(code)))) : details
    }
}

// MARK: - Callbacks

private func hearLine(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return conversation.hear(line) ? line.count : 0
}

private func hearRemark(
    _: UnsafeMutableRawPointer?, kind: curl_infotype, bytes: UnsafeMutablePointer<CChar>?, size: Int,
    context: UnsafeMutableRawPointer?
) -> CInt {
    guard kind == CURLINFO_TEXT, let bytes, let context else { return 0 }
    let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
    conversation.hear(
        remark: String(decoding: UnsafeRawBufferPointer(start: bytes, count: size), as: UTF8.self))
    return 0
}

private func readMessage(
    buffer: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
    let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
    return conversation.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func checkForStop(
    context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> CInt {
    guard let context else { return 1 }
    return Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue().shouldGiveUp ? 1 : 0
}
