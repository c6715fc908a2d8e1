import Model

extension [CustomerID] {
    /// Whether a customer is among these, which are in the order of their identifiers.
    func includesInOrder(_ customer: CustomerID) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < customer { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == customer
    }
}
