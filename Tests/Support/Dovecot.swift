import Foundation

/// A Dovecot of the test's own over one Maildir, which every user has; its configuration and ports are private.
package struct Dovecot: Sendable {
    package static let isMissing: String? =
        Executable("dovecot") == nil || Executable("openssl") == nil
        ? "Dovecot and OpenSSL are not installed" : Executable.isRoot ? nil : "only root can run a Dovecot"

    /// Who may read the mailbox, and by which word: both have what IMAP must quote.
    package static let user = "bounce@kuldnekohv.example"
    package static let password = #"sala "sõna" \ %"#
    package let imap: UInt16
    package let imaps: UInt16
    package let pop3: UInt16
    private let folder: SharedFolder
    private let process: Child

    /// Starts it.
    /// - Parameter maildir: the folder with `new` and `cur`.
    package init(maildir: URL) async throws {
        guard let dovecot = Executable("dovecot"), let openssl = Executable("openssl") else {
            throw POSIXError(.ENOENT)
        }
        folder = try SharedFolder()
        (imap, imaps, pop3) = (try Socket.freePort(), try Socket.freePort(), try Socket.freePort())
        try folder.makeFolder("home")
        try openssl.run(
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                "-days", "2", "-subj", "/CN=mail.example",
            ], in: folder.url)
        try folder.write("\(Self.user):{PLAIN}\(Self.password)::::::\n", to: "users")
        try folder.write(
            Self.configuration(maildir, in: folder, imap: imap, imaps: imaps, pop3: pop3), to: "dovecot.conf")
        // In the foreground, so that it is this process that is ended.
        process = try dovecot.start(
            ["-F", "-c", folder.url.appending(path: "dovecot.conf").path], in: folder.url)
        for port in [imap, imaps, pop3] { try await waitUntilListening(port: port) }
    }

    /// The log, whole lines.
    package var log: String {
        (try? String(contentsOf: folder.url.appending(path: "log"), encoding: .utf8)) ?? ""
    }

    /// Ends it; its other processes end when they miss the first.
    package func stop() {
        process.end()
        folder.remove()
    }

    private static func configuration(
        _ maildir: URL, in folder: SharedFolder, imap: UInt16, imaps: UInt16, pop3: UInt16
    ) -> String {
        """
        base_dir = \(folder.url.path)/run
        state_dir = \(folder.url.path)/state
        log_path = \(folder.url.path)/log
        protocols = imap pop3
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <\(folder.url.path)/cert.pem
        ssl_key = <\(folder.url.path)/key.pem
        mail_location = maildir:\(maildir.path):CONTROL=\(folder.url.path)/home:INDEX=\(folder.url.path)/home
        first_valid_uid = 1
        auth_verbose = yes
        passdb {
          driver = passwd-file
          args = scheme=plain username_format=%u \(folder.url.path)/users
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home=\(folder.url.path)/home
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = \(imap)
          }
          inet_listener imaps {
            port = \(imaps)
          }
        }
        service pop3-login {
          chroot =
          inet_listener pop3 {
            port = \(pop3)
          }
          inet_listener pop3s {
            port = 0
          }
        }

        """
    }
}
