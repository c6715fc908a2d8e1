/// A number that Prometheus collects (Prometheus text exposition format 0.0.4).
package struct Metric: Sendable {
    /// What the number does.
    package enum Kind: String, Sendable {
        /// It only grows, and begins at 0 with the process.
        case counter
        /// It goes up and down.
        case gauge
    }

    /// One value, told from others by labels.
    package struct Sample: Sendable {
        package var labels: [(name: String, value: String)]
        package var value: Double

        /// A value with its labels.
        package init(_ value: Double, _ labels: [(name: String, value: String)] = []) {
            (self.value, self.labels) = (value, labels)
        }
    }

    /// `boon_messages_total`: letters, digits and underscores.
    package var name: String
    package var kind: Kind
    /// What is counted, in one sentence.
    package var help: String
    package var samples: [Sample]

    /// A metric with all its parts.
    package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        (self.name, self.kind, self.help, self.samples) = (name, kind, help, samples)
    }

    /// The text that a collector reads.
    package static func exposition(of metrics: [Metric]) -> String {
        metrics.map { metric in
            "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
                + metric.samples.map { "\(metric.name)\($0.text)\n" }.joined()
        }.joined()
    }
}

extension Metric.Sample {
    fileprivate var text: String {
        let labels = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        return (labels.isEmpty ? "" : "{\(labels)}") + " \(number)"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
