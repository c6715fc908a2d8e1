import CCurl

/// One connection to a mailbox over libcurl, kept open from the first question to the last.
final class MailboxConnection {
    private let address: MailboxAddress
    private let handle: EasyHandle
    private let reception: Reception

    /// Prepares the connection; it is opened with the first question.
    ///
    /// Beside loopback TLS is always used and the certificate checked. On loopback `imap://` and `pop3://` go in
    /// clear, and a certificate is not checked: the server's is seldom for `127.0.0.1`, and nobody is in between.
    /// - Parameters:
    ///   - authorities: a file of PEM certificates to trust in place of the system's.
    ///   - patience: seconds for the connection and for each answer.
    ///   - stop: gives up what is under way.
    /// - Throws: `MailboxError`.
    init(
        _ address: MailboxAddress, password: String, authorities: String?, patience: Int, stop: StopSignal
    ) throws(MailboxError) {
        guard MailboxAddress.isPrintable(password) else { throw .badUser }
        self.address = address
        reception = Reception(stop: stop)
        do throws(CurlError) {
            handle = try EasyHandle()
            try handle.set(.protocols, "imap,imaps,pop3,pop3s")
            try handle.set(.proxy, "")
            try handle.set(.noSignals, true)
            try handle.set(.noProgress, false)
            try handle.set(.leavesResolver, true)
            try handle.set(.connectTimeout, patience * 1000)
            try handle.set(.replyTimeout, patience)
            try handle.set(.stalledBelow, 1)
            try handle.set(.stalledTimeout, patience)
            try handle.set(.username, address.user)
            try handle.set(.password, password)
            let isClear = address.isLoopback && [.imap, .pop3].contains(address.scheme)
            try handle.set(.tlsUse, Int((isClear ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
            try handle.set(.tlsVersion, Int(CURL_SSLVERSION_TLSv1_2))
            try handle.set(.verifiesPeer, !address.isLoopback)
            try handle.set(.verifiesHost, address.isLoopback ? 0 : 2)
            if let authorities { try handle.set(.certificateAuthorities, authorities) }
        } catch {
            throw .failed(server: address.server, reason: error.description)
        }
    }

    /// Fetches what a path names: a message, or POP3's list.
    /// - Returns: nil when it is not there, or not any more.
    func fetch(_ path: String) throws(MailboxError) -> [UInt8]? {
        do throws(CurlError) {
            return try transfer(path, command: nil, hasBody: true)
        } catch {
            if error.code == Int(CURLE_REMOTE_FILE_NOT_FOUND.rawValue) { return nil }
            throw failure(error)
        }
    }

    /// Gives a command.
    /// - Parameter hasBody: whether lines follow the answer over POP3.
    /// - Returns: the lines of the answer that tell something.
    @discardableResult
    func command(_ command: String, at path: String, hasBody: Bool = true) throws(MailboxError) -> [UInt8] {
        do throws(CurlError) {
            return try transfer(path, command: command, hasBody: hasBody)
        } catch {
            throw failure(error)
        }
    }

    /// What the server said in the last transfer, line by line.
    var remarks: [UInt8] { reception.remarks }

    /// From now on a connection that has ended is not opened again: POP3's numbers mean other messages in the next.
    func holdOn() { reception.mayConnect = false }

    private func transfer(_ path: String, command: String?, hasBody: Bool) throws(CurlError) -> [UInt8] {
        reception.begin()
        try handle.set(.url, "\(address.server)/\(path)")
        try handle.set(.command, command)
        try handle.set(.noBody, !hasBody)
        do throws(CurlError) {
            try handle.perform(into: reception)
        } catch {
            if reception.stop.isRaised { handle.hangUp() }
            throw error
        }
        return reception.body
    }

    private func failure(_ error: CurlError) -> MailboxError {
        error.code == Int(CURLE_LOGIN_DENIED.rawValue)
            ? .refused(server: address.server)
            : .failed(server: address.server, reason: error.description)
    }
}
