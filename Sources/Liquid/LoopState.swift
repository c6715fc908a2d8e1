/// What a template can ask about the loop it is in.
enum LoopField: String, Sendable, CaseIterable {
    case index, index0, rindex, rindex0, first, last, length
    case column = "col"
    case column0 = "col0"
    case columnFirst = "col_first"
    case columnLast = "col_last"
    case row

    /// Whether only `tablerow` has it.
    var isOfTable: Bool {
        switch self {
        case .column, .column0, .columnFirst, .columnLast, .row: true
        default: false
        }
    }
}

/// Where a loop is.
struct LoopState {
    /// Counted from 0.
    var index = 0
    var length = 0
    /// Columns of a `tablerow`; 0 for `for`.
    var columns = 0
    /// Variable and collection as written.
    var name = ""
    /// The depth of the `for` around, or -1.
    var parent: Int32 = -1

    func value(_ field: LoopField) -> Value {
        switch field {
        case .index: .int(index + 1)
        case .index0: .int(index)
        case .rindex: .int(length - index)
        case .rindex0: .int(length - index - 1)
        case .first: .bool(index == 0)
        case .last: .bool(index == length - 1)
        case .length: .int(length)
        case .column: .int(column + 1)
        case .column0: .int(column)
        case .columnFirst: .bool(column == 0)
        case .columnLast: .bool(column + 1 == columns)
        case .row: .int(columns > 0 ? index / columns + 1 : 1)
        }
    }

    /// Counted from 0. Without a sensible number of columns the row never ends.
    var column: Int { columns > 0 ? index % columns : index }
}

/// `forloop` or `tablerowloop` as a value: what it was when it was read.
final class LoopObject: LiquidObject {
    private let state: LoopState
    private let parent: Value

    init(_ state: LoopState, parent: Value) {
        self.state = state
        self.parent = parent
    }

    func field(_ key: Key) -> Value? {
        if key.name == "parentloop" { return state.columns == 0 ? parent : nil }
        if key.name == "name" { return state.columns == 0 ? .string(state.name) : nil }
        guard let field = LoopField(rawValue: key.name), !field.isOfTable || state.columns > 0 else {
            return nil
        }
        return state.value(field)
    }

    var text: String { state.columns == 0 ? "Liquid::ForloopDrop" : "Liquid::TablerowloopDrop" }
}
