import Foundation

/// A Postfix of the test's own: its configuration, queue and port are private, and what it takes it discards.
struct Postfix {
    let port: UInt16
    let certificateAuthorities: String
    private let folder: SharedFolder
    private let postfix: Executable

    static let isMissing: String? =
        Executable("postfix") == nil || Executable("openssl") == nil
        ? "Postfix and OpenSSL are not installed" : Executable.isRoot ? nil : "only root can run a Postfix"

    /// Starts it with a certificate for `host`, signed by an authority of the test's own.
    init(certificateFor host: String, implicitTLS: Bool = false) async throws {
        guard let postfix = Executable("postfix"), let openssl = Executable("openssl") else {
            throw POSIXError(.ENOENT)
        }
        self.postfix = postfix
        folder = try SharedFolder()
        port = try Socket.freePort()
        certificateAuthorities = folder.url.appending(path: "ca.pem").path
        try Self.makeCertificate(for: host, with: openssl, in: folder)
        try Self.writeConfiguration(port: port, implicitTLS: implicitTLS, in: folder)
        try postfix.run(["-c", folder.url.appending(path: "conf").path, "start"], in: folder.url)
        try await waitUntilListening(port: port)
    }

    /// The log, whole lines.
    var log: String {
        (try? String(contentsOf: folder.url.appending(path: "mail.log"), encoding: .utf8)) ?? ""
    }

    func stop() {
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

    private static func writeConfiguration(port: UInt16, implicitTLS: Bool, in folder: SharedFolder) throws {
        let path = folder.url.path
        for name in ["queue", "data"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        if let owner = getpwnam("postfix") {
            chown("\(path)/data", owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
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
            default_transport = discard:
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_tls_security_level = encrypt
            smtpd_tls_wrappermode = \(implicitTLS ? "yes" : "no")
            smtpd_tls_chain_files = \(path)/host.key, \(path)/host.pem

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
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            proxymap unix - - n - - proxymap
            postlog unix-dgram n - n - 1 postlogd

            """, to: "conf/master.cf")
    }
}
