/// Shapes as JSON Schema, draft 2020-12.
extension Shape {
    /// The members of the schema object for this shape.
    var schemaMembers: [(key: String, value: JSONText)] {
        if case .object(let members) = schema { members } else { [] }
    }

    private var schema: JSONText {
        switch self {
        case .scalar(let scalar): return scalar.schema
        case .list(let element, let atLeast):
            return ["type": "array", "minItems": .number(atLeast), "items": element.schema]
        case .object(let object):
            return Self.object(object.keys).adding(Self.choices(object))
        case .names(let key, let value):
            return [
                "type": "object", "minProperties": 1, "propertyNames": key.schema,
                "additionalProperties": value.schema,
            ]
        case .oneKey(let keys):
            return Self.object(keys).adding([("minProperties", 1), ("maxProperties", 1)])
        case .variants(let key, _, let variants):
            return ["oneOf": .list(variants.map { Self.variant(key, $0) })]
        case .localized(let text):
            let languages: JSONText = [
                "type": "object", "minProperties": 1, "propertyNames": Formats.language.schema,
                "additionalProperties": text.schema,
            ]
            return ["anyOf": [text.schema, languages]]
        }
    }

    private static func object(_ keys: [Key]) -> JSONText {
        let properties = keys.map { key in
            (
                key: key.name,
                value: JSONText.object([("description", .string(key.doc))]).adding(key.shape.schemaMembers)
            )
        }
        let required = keys.filter(\.isRequired).map { JSONText.string($0.name) }
        return JSONText.object([("type", "object"), ("properties", .object(properties))])
            .adding(required.isEmpty ? [] : [("required", .list(required))])
            .adding([("additionalProperties", false)])
    }

    private static func variant(_ key: String, _ variant: Variant) -> JSONText {
        object([Key(key, "Which one", .words([variant.word]), required: true)] + variant.keys)
    }

    private static func choices(_ object: ObjectShape) -> [(key: String, value: JSONText)] {
        var members: [(key: String, value: JSONText)] = []
        if !object.exactlyOne.isEmpty {
            members.append(("oneOf", .list(object.exactlyOne.map { ["required": [.string($0)]] })))
        }
        if !object.atMostOne.isEmpty {
            let both: JSONText = ["required": .list(object.atMostOne.map(JSONText.string))]
            members.append(("not", both))
        }
        return members
    }
}
