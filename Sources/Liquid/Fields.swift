/// The name of a field, hashed once, so that a look-up by a template costs no hashing.
public struct Key: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name.
    public let name: String
    let hash: UInt64

    /// A key with this name.
    public init(_ name: String) {
        self.name = name
        // FNV-1a over the bytes: two spellings of one character are two names, as they are for every store.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        self.hash = hash
    }

    /// A key with this name.
    public init(stringLiteral value: String) { self.init(value) }

    /// The name.
    public var description: String { name }

    /// Equal byte for byte, as far as 64 bits of hash can tell.
    public static func == (left: Key, right: Key) -> Bool {
        left.hash == right.hash && left.name.utf8.count == right.name.utf8.count && left.name == right.name
    }

    /// Feeds the hash that is already there.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// Something with named fields that a template can read, each computed only when it is asked for.
///
/// A host makes its own (a customer, a balance) instead of filling a dictionary per message. It is a class so that
/// a value stays three words wide.
public protocol LiquidObject: AnyObject, Sendable {
    /// The field of this name, or nothing when there is no such field.
    func field(_ key: Key) -> Value?
    /// The names of all fields in order, for `for`, `size`, `first` and comparisons.
    var fieldNames: [String] { get }
    /// What `{{ object }}` writes.
    var text: String { get }
}

extension LiquidObject {
    /// No names: the object cannot be iterated.
    public var fieldNames: [String] { [] }

    /// All fields written as literals.
    public var text: String {
        let fields = fieldNames.map { "\($0.quoted)=>\((field(Key($0)) ?? .null).inspected)" }
        return "{" + fields.joined(separator: ", ") + "}"
    }

    /// Each field as an array of its name and value, which is what a loop over an object sees.
    var pairs: [Value] {
        fieldNames.map { .array([.string($0), field(Key($0)) ?? .null]) }
    }
}

/// Names and values in order, never changed: a dictionary for templates.
public final class Fields: LiquidObject {
    /// The names of many objects that have the same fields, hashed once for all of them.
    public final class Shape: Sendable {
        let keys: [Key]
        private let hashes: [UInt64]
        private let slots: [Int32]

        /// Names in order; of two equal ones the first counts.
        public convenience init(_ names: [String]) { self.init(keys: names.map { Key($0) }) }

        init(keys: [Key]) {
            self.keys = keys
            hashes = keys.map(\.hash)
            slots = keys.count > Shape.linear ? Shape.table(of: keys) : []
        }

        /// Up to here comparing hashes one after the other beats a table.
        private static let linear = 8

        private static func table(of keys: [Key]) -> [Int32] {
            var size = 16
            while size < keys.count * 2 { size *= 2 }
            var slots = [Int32](repeating: -1, count: size)
            for (index, key) in keys.enumerated() {
                var slot = Int(truncatingIfNeeded: key.hash) & (size - 1)
                while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
                slots[slot] = Int32(truncatingIfNeeded: index)
            }
            return slots
        }

        func index(of key: Key) -> Int? {
            if slots.isEmpty {
                for index in hashes.indices where hashes[index] == key.hash && keys[index] == key {
                    return index
                }
                return nil
            }
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: key.hash) & mask
            while slots[slot] >= 0 {
                let index = Int(slots[slot])
                if hashes[index] == key.hash && keys[index] == key { return index }
                slot = (slot + 1) & mask
            }
            return nil
        }
    }

    private let shape: Shape
    private let values: [Value]

    /// These names and values in this order; a name given twice keeps its first place and its last value.
    public init(_ pairs: [(String, Value)]) {
        var places: [Key: Int] = [:]
        var keys: [Key] = []
        var values: [Value] = []
        for (name, value) in pairs {
            let key = Key(name)
            if let place = places[key] {
                values[place] = value
            } else {
                places[key] = keys.count
                keys.append(key)
                values.append(value)
            }
        }
        shape = Shape(keys: keys)
        self.values = values
    }

    /// One value for each name of the shape; missing values are null, values too many are dropped.
    public init(shape: Shape, values: [Value]) {
        self.shape = shape
        let missing = shape.keys.count - values.count
        self.values = missing > 0 ? values + [Value](repeating: .null, count: missing) : values
    }

    /// The value of this name.
    public func field(_ key: Key) -> Value? {
        guard let index = shape.index(of: key) else { return nil }
        return values[index]
    }

    /// The names in order.
    public var fieldNames: [String] { shape.keys.map(\.name) }
}
