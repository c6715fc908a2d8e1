import Foundation

/// A Postfix of the test's own: its configuration, queue and port are private, and what it takes stays on this
/// machine.
package struct Postfix: Sendable {
    /// How clients reach it.
    package enum Security: Sendable {
        /// In clear, as a relay on the same machine.
        case none
        /// With a certificate for a host, signed by an authority of the test's own.
        case startTLS(host: String), implicitTLS(host: String)

        fileprivate var host: String? {
            switch self {
            case .none: nil
            case .startTLS(let host), .implicitTLS(let host): host
            }
        }
    }

    package static let isMissing: String? =
        Executable("postfix") == nil || Executable("openssl") == nil
        ? "Postfix and OpenSSL are not installed" : Executable.isRoot ? nil : "only root can run a Postfix"

    package let port: UInt16
    package let certificateAuthorities: String
    private let folder: SharedFolder
    private let postfix: Executable

    /// Starts it.
    /// - Parameter mailboxes: which recipients have a mailbox of their own, by a regular expression, and its name; mail
    ///   to all others comes back. nil for one that all recipients share, `mail`.
    package init(_ security: Security = .none, mailboxes: [String: String]? = nil) async throws {
        guard let postfix = Executable("postfix"), let openssl = Executable("openssl") else {
            throw POSIXError(.ENOENT)
        }
        self.postfix = postfix
        folder = try SharedFolder()
        port = try Socket.freePort()
        certificateAuthorities = folder.url.appending(path: "ca.pem").path
        if let host = security.host { try Self.makeCertificate(for: host, with: openssl, in: folder) }
        try Self.makeFolders(for: Set((mailboxes ?? [:]).values).union(["mail"]), in: folder)
        try Self.writeConfiguration(security, port: port, in: folder, hasMailboxes: mailboxes != nil)
        let map = (mailboxes ?? [:]).map { "/\($0)/ \($1)/\n" }.joined()
        try folder.write(map, to: "conf/mailboxes")
        try postfix.run(["-c", folder.url.appending(path: "conf").path, "start"], in: folder.url)
        try await waitUntilListening(port: port)
    }

    /// The log, whole lines.
    package var log: String {
        (try? String(contentsOf: folder.url.appending(path: "mail.log"), encoding: .utf8)) ?? ""
    }

    /// Where a mailbox lies, a Maildir.
    package func mailbox(_ name: String) -> URL { folder.url.appending(path: name) }

    /// How many messages lie in the mailbox that all recipients share.
    package func delivered() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "mail/new").path).count
    }

    /// The messages in the mailbox, headers and all.
    package func messages() throws -> [String] { try folder.texts(in: "mail/new") }

    /// Whom the messages in the mailbox were delivered to, sorted.
    package func recipients() throws -> [String] {
        try messages().flatMap { $0.values(ofHeader: "X-Original-To: ") }.map(String.init)
            .sorted()
    }

    package func stop() {
        try? postfix.run(["-c", folder.url.appending(path: "conf").path, "stop"], in: folder.url)
        folder.remove()
    }

    private static func makeCertificate(for host: String, with openssl: Executable, in folder: SharedFolder)
        throws
    {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try openssl.run(
            ["req", "-x509"] + key + [
                "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test CA",
            ],
            in: folder.url)
        try openssl.run(
            ["req"] + key + ["-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=\(host)"],
            in: folder.url)
        try folder.write("subjectAltName=DNS:\(host)\n", to: "host.ext")
        try openssl.run(
            [
                "x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2",
            ]
                + ["-extfile", "host.ext", "-out", "host.pem"], in: folder.url)
    }

    private static func makeFolders(for mailboxes: Set<String>, in folder: SharedFolder) throws {
        for name in ["queue", "data"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        for name in mailboxes.flatMap({ ["", "/new", "/cur", "/tmp"].map($0.appending) }) {
            try folder.makeFolder(name)
        }
        if let owner = getpwnam("postfix") {
            chown("\(folder.url.path)/data", owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
    }

    private static func writeConfiguration(
        _ security: Security, port: UInt16, in folder: SharedFolder, hasMailboxes: Bool
    ) throws {
        let path = folder.url.path
        let encryption =
            switch security {
            case .none: "smtpd_tls_security_level = none"
            case .startTLS: "smtpd_tls_security_level = encrypt"
            case .implicitTLS: "smtpd_tls_security_level = encrypt\nsmtpd_tls_wrappermode = yes"
            }
        // Every recipient's mail goes into one mailbox: a file a message, which names whom it is to.
        try folder.write(
            """
            compatibility_level = 3.6
            queue_directory = \(path)/queue
            data_directory = \(path)/data
            maillog_file = \(path)/mail.log
            maillog_file_prefixes = \(path)
            myhostname = relay.example
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            default_transport = virtual:
            virtual_mailbox_base = \(path)
            virtual_mailbox_maps = \(hasMailboxes ? "regexp:\(path)/conf/mailboxes" : "static:mail/")
            smtpd_reject_unlisted_recipient = no
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_tls_chain_files = \(security.host == nil ? "" : "\(path)/host.key, \(path)/host.pem")
            \(encryption)

            """, to: "conf/main.cf")
        try folder.write(
            """
            127.0.0.1:\(port) inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            proxymap unix - - n - - proxymap
            postlog unix-dgram n - n - 1 postlogd

            """, to: "conf/master.cf")
    }
}
