/// Four cut points that divide the values of many into five classes of about the same size.
///
/// Each lies one unit above a quantile, as in the package rfm for R (A. Hebbali), so that whoever has just the
/// quantile's value stays below: where half of the customers ordered once, all of those are in the lowest class. The
/// quantiles are those at 1/5 to 4/5, between two values by linear interpolation (R. J. Hyndman, Y. Fan, "Sample Quantiles
/// in Statistical Packages", The American Statistician 50(4), 1996, definition 7).
public struct Quintiles: Hashable, Sendable {
    /// Five times the cut points, which are whole numbers then: no class depends on how a fraction is rounded.
    private let fifths: [Int128]

    /// The cut points of some values; none of no values, and then all are in the lowest class.
    /// - Parameters:
    ///   - counts: how often each value occurs, above zero.
    ///   - unit: how far above the quantiles the cut points lie.
    public init(of counts: [Int64: Int], unit: Int64) {
        let values = counts.sorted { $0.key < $1.key }
        let total = values.reduce(0) { $0 + $1.value }
        var (index, passed) = (0, 0)
        var cuts: [Int128] = []
        for fifth in total == 0 ? 1..<1 : 1..<5 {
            let (place, rest) = ((total - 1) * fifth).quotientAndRemainder(dividingBy: 5)
            while passed + values[index].value <= place {
                passed += values[index].value
                index += 1
            }
            let isLastOfItsValue = passed + values[index].value == place + 1
            let lower = Int128(values[index].key)
            let upper = rest > 0 && isLastOfItsValue ? Int128(values[index + 1].key) : lower
            cuts.append(5 * (lower + Int128(unit)) + Int128(rest) * (upper - lower))
        }
        fifths = cuts
    }

    /// The cut points, rounded to a floating-point number: the least value of each class but the lowest.
    public var cuts: [Double] { fifths.map { Double($0) / 5 } }

    /// The class of a value, from 1 for the lowest to 5.
    public func rank(of value: Int64) -> Int {
        1 + fifths.count { $0 <= 5 * Int128(value) }
    }
}
