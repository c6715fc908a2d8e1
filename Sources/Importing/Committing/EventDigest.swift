import Crypto
import Model

extension Event {
    /// The first 128 bits of SHA-256 over what the record says, from which what comes without an identifier gets one:
    /// a file without identifiers gives the same ones each time.
    var digest: String {
        var json = JSONWriter()
        write(to: &json)
        json.close()
        return SHA256.hash(data: json.bytes).prefix(16).hexadecimal
    }
}
