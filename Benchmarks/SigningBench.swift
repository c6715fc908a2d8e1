import Composing
import MIME

/// What DKIM adds to composing, beside `openssl speed` with a key of the same kind.
enum SigningBench {
    static func run(_ folder: BenchFolder) throws {
        print("compose with and without DKIM, one core")
        let letter = try BenchLetter()
        let key = try DKIMKey(generating: .rsa)
        let second = (selector: "ed", key: try DKIMKey(generating: .ed25519))
        let plain = try time(letter, nil)
        let single = try time(letter, DKIMSigner(domain: "kuldnekohv.example", selector: "rsa", key: key))
        let double = try time(
            letter, DKIMSigner(domain: "kuldnekohv.example", selector: "rsa", key: key, second: second))
        figure("unsigned", 1 / plain, "messages/s")
        figure("rsa-sha256, 2048 bits", 1 / single, "messages/s")
        figure("rsa-sha256 and ed25519-sha256", 1 / double, "messages/s")
        if let bare = try opensslSeconds() {
            figure("openssl speed rsa2048, signatures alone", 1 / bare, "signatures/s")
            ratio("dkim-rsa-to-bare-signature", (single - plain) / bare)
        }
        ratio("dkim-on-to-off", plain / single)
    }

    private static func time(_ letter: BenchLetter, _ signer: DKIMSigner?) throws -> Double {
        try medianSeconds(of: 5) {
            for recipient in letter.recipients {
                let message = try letter.message(recipient)
                _ = try signer?.sign(message.bytes, at: BenchLetter.now.seconds)
            }
        } / Double(letter.recipients.count)
    }

    /// The time of one signature; nil when there is no `openssl`.
    private static func opensslSeconds() throws -> Double? {
        let speed: ChildProcess
        do {
            speed = try ChildProcess.run(["openssl", "speed", "-mr", "-seconds", "2", "rsa2048"])
        } catch {
            print("  openssl: left out, \(error)")
            return nil
        }
        // +F2:2:2048:4321.978022:72814.432990: number, bits, signatures a second, checks a second.
        let line = speed.output.split(separator: "\n").first { $0.hasPrefix("+F2:") }
        return line.flatMap { $0.split(separator: ":").dropFirst(3).first }.flatMap { Double($0) }.map {
            1 / $0
        }
    }
}
