/** Deeper schemas get null: enough for an example. */
const MAX_DEPTH = 8

/** The smallest value that a JSON Schema describes, for simulated tool calls and JSON answers. Follows no `$ref`. */
export function exampleOf(schema: unknown, depth: number = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > MAX_DEPTH) return null
  const {
    type,
    enum: choices,
    const: constant,
    default: preset,
    properties,
    required,
    items,
    anyOf,
    oneOf,
  } = schema as {
    [key: string]: unknown
  }
  if (constant !== undefined) return constant
  if (Array.isArray(choices)) return choices[0]
  if (preset !== undefined) return preset
  const variants = anyOf ?? oneOf
  if (Array.isArray(variants)) return exampleOf(variants[0], depth + 1)
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return 'simulated'
    case 'number':
    case 'integer':
      return 0
    case 'boolean':
      return true
    case 'array':
      return [exampleOf(items, depth + 1)]
    case 'null':
      return null
    default:
      return exampleObject(properties, required, depth)
  }
}

function exampleObject(properties: unknown, required: unknown, depth: number): Record<string, unknown> {
  if (typeof properties !== 'object' || properties === null) return {}
  const wanted = Array.isArray(required) ? new Set<unknown>(required) : undefined
  const members = Object.entries(properties).filter(([name]) => wanted === undefined || wanted.has(name))
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, depth + 1)]))
}
