import Model
import Recording

/// One row of an order file, read or not.
struct OrderRow: Sendable {
    let record: Record
    let draft: Result<OrderDraft, RowFault>
}

/// Brings the rows of one order together, wherever in the file they stand.
///
/// How many rows each identifier has was counted in an earlier pass over the file, so an order is known to be
/// complete with its last row, and only orders that are not complete are kept in memory.
struct OrderAssembler {
    /// How many rows each identifier has.
    private let counts: Tally
    private var open: [String: [OrderRow]] = [:]
    private var openBytes = 0

    /// What incomplete orders may hold, in bytes of the file.
    private static let limit = 32 << 20

    init(counts: Tally) {
        self.counts = counts
    }

    /// Adds a row.
    /// - Parameter id: The order's identifier; nil when the row is an order of its own.
    /// - Returns: The rows of the order, once all are there.
    /// - Throws: `ImportError` when the rows of orders lie too far apart to be kept.
    mutating func add(_ row: OrderRow, id: String?) throws -> [OrderRow]? {
        guard let id, let count = try counts.value(of: id), count > 1 else { return [row] }
        open[id, default: []].append(row)
        openBytes += row.record.bytes.count
        if let rows = open[id], rows.count == count {
            openBytes -= rows.reduce(0) { $0 + $1.record.bytes.count }
            return open.removeValue(forKey: id)
        }
        if openBytes > Self.limit {
            throw ImportError(
                .input, "The rows of single orders lie too far apart to be read; sort the file by 'id'.")
        }
        return nil
    }

    /// Called at the end of the file, when every order is complete.
    /// - Throws: `ImportError` when one is not: then the second pass has read another file than the first.
    func finish() throws(ImportError) {
        if !open.isEmpty {
            throw ImportError(.input, "The file has changed while it was read; import it again.")
        }
    }
}
