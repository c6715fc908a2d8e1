/// Rows that are committed together: enough to share one sync, few enough to keep in memory.
struct Batch<Item> {
    private(set) var items: [Item] = []
    private var bytes = 0

    /// Whether it is time to commit.
    var isFull: Bool { items.count >= 5000 || bytes >= 8 << 20 }

    /// Adds an item that holds so many bytes of the file.
    mutating func append(_ item: Item, bytes: Int) {
        items.append(item)
        self.bytes += bytes
    }

    /// Takes all out.
    mutating func takeAll() -> [Item] {
        defer { (items, bytes) = ([], 0) }
        return items
    }
}
