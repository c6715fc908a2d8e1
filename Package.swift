// swift-tools-version: 6.1
import PackageDescription

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

let package = Package(
    name: "boon",
    products: [
        .executable(name: "boon", targets: ["boon"]),
        .library(name: "Liquid", targets: ["Liquid"]),
        .library(name: "MIME", targets: ["MIME"]),
        .library(name: "Value", targets: ["Value"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/onevcat/Rainbow", from: "4.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .target(name: "Liquid"),
        .target(name: "MIME", dependencies: [crypto, cryptoExtras]),
        .target(name: "Model"),
        .target(name: "Loyalty", dependencies: ["Model"]),
        .target(name: "Value"),
        .target(name: "Campaigns", dependencies: ["Model", "Loyalty", "Value", "Liquid", "Yams"]),
        .target(
            name: "Recording",
            dependencies: [
                "Model", "Loyalty", "Value", "Campaigns", crypto,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(name: "Importing", dependencies: ["Model", "MIME", "Recording", crypto]),
        .target(name: "Planning", dependencies: ["Model", "Loyalty", "Value", "Campaigns", "Recording"]),
        .target(
            name: "Composing",
            dependencies: ["Model", "Loyalty", "Value", "Campaigns", "Liquid", "MIME", crypto]),
        .systemLibrary(name: "CCurl", path: "Modules/CCurl"),
        .target(
            name: "Delivering",
            dependencies: [
                "Model", "MIME", "CCurl", crypto,
                .product(name: "DequeModule", package: "swift-collections"),
            ]),
        .target(
            name: "Inbox",
            dependencies: [
                "MIME",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(
            name: "Responding",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "boon",
            dependencies: [
                "Model", "Loyalty", "Campaigns", "Recording", "Importing", "Planning", "Composing",
                "Delivering", "Responding", "Inbox", "Liquid", "MIME", "Value",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                "Rainbow",
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            plugins: ["EmbedDefaults"]),

        .testTarget(name: "LiquidTests", dependencies: ["Liquid", "TestSupport"]),
        .testTarget(name: "MIMETests", dependencies: ["MIME", "TestSupport"]),
        .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
        .testTarget(name: "LoyaltyTests", dependencies: ["Loyalty", "TestSupport"]),
        .testTarget(name: "ValueTests", dependencies: ["Value", "TestSupport"]),
        .testTarget(name: "CampaignsTests", dependencies: ["Campaigns", "TestSupport"]),
        .testTarget(name: "RecordingTests", dependencies: ["Recording", "TestSupport"]),
        .testTarget(name: "ImportingTests", dependencies: ["Importing", "TestSupport"]),
        .testTarget(name: "PlanningTests", dependencies: ["Planning", "TestSupport"]),
        .testTarget(name: "ComposingTests", dependencies: ["Composing", "TestSupport"]),
        .testTarget(name: "DeliveringTests", dependencies: ["Delivering", "TestSupport"]),
        .testTarget(name: "InboxTests", dependencies: ["Inbox", "Delivering", "TestSupport"]),
        .testTarget(
            name: "BoonTests",
            dependencies: [
                "boon", "Inbox", "MIME", "Model", "Recording", "TestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(name: "TestSupport", path: "Tests/Support"),

        .executableTarget(
            name: "boon-bench",
            dependencies: [
                "Model", "Loyalty", "Recording", "Campaigns", "Planning", "Liquid", "MIME", "Composing",
            ],
            path: "Benchmarks", exclude: ["Peers"]),

        // The build's own tool: default templates and examples go into the binary.
        .executableTarget(name: "embed"),
        .plugin(
            name: "EmbedDefaults", capability: .buildTool(), dependencies: ["embed"],
            path: "Modules/EmbedDefaults"),
    ]
)
