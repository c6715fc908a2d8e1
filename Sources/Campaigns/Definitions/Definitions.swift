import Loyalty
import Model
import Value

/// Everything that a workspace defines, and what is wrong with it.
package struct Definitions: Sendable {
    /// nil only when `boon.yaml` has errors or is missing.
    package var settings: Settings?
    /// By identifier.
    package var campaigns: [String: Campaign] = [:]
    /// By name.
    package var segments: [String: Segment] = [:]
    package var programme: Programme?
    package var surveys: [String: Survey] = [:]
    package var contests: [String: Contest] = [:]
    /// What they were read from: bytes by path relative to the workspace.
    package var files: [String: [UInt8]] = [:]
    /// In the order of file and line.
    package var diagnostics: [Diagnostic] = []

    /// The workspace's currency; `EUR` without settings.
    package var currency: Currency { settings?.currency ?? .euro }

    /// What lifetime values are told by; the turnover of 36 months without settings.
    package var lifetime: LifetimeValue { settings?.lifetime ?? .standard }

    /// Whether anything is so wrong that nothing should be sent.
    package var hasErrors: Bool {
        diagnostics.contains { $0.severity == .error }
    }
}
