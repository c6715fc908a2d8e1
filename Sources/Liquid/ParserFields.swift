extension Parser {
    /// Lets a template look up a field once that it names in several places, as it does with colours.
    ///
    /// That takes paths of written names which begin at a variable that nothing in the template sets. An included
    /// partial might set any, so a template that includes one looks up each.
    mutating func shareFields() {
        guard code.partials.allSatisfy(\.isIsolated) else { return }
        var places: [[Key]: [Int]] = [:]
        for index in code.expressions.indices {
            if let names = writtenNames(code.expressions[index]) { places[names, default: []].append(index) }
        }
        for expressions in places.values where expressions.count > 1 {
            let place = code.sharedFields
            code.sharedFields += 1
            for index in expressions {
                let path = add(code.expressions[index])
                code.expressions[index] = .sharedField(place, path: path)
            }
        }
    }

    private func writtenNames(_ expression: Expression) -> [Key]? {
        guard case .path(let base, let segments) = expression,
            case .variable(let slot) = code.expressions[Int(base)],
            !assigned.contains(code.names[Int(slot)])
        else { return nil }
        var names = [code.names[Int(slot)]]
        for index in segments.indices {
            guard case .key(let key) = code.segments[index] else { return nil }
            names.append(code.keys[Int(key)])
        }
        return names
    }
}
