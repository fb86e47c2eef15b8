import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { generate } from '../../scripts/generate.ts'
import type { Quirks } from '../../src/dialects/quirks.ts'
import { INTENT_LABELS } from '../../src/policy/intent/labels.ts'
import type { Quirks as WrittenQuirks } from '../../src/profile/types.generated.ts'
import { PRESETS } from '../../src/providers/presets.ts'
import { KINDS } from '../../src/providers/kinds.ts'

const ROOT = join(import.meta.dirname, '..', '..')
type Node = {
  enum?: string[]
  examples?: unknown[]
  properties?: Record<string, Node>
  additionalProperties?: unknown
  $ref?: string
}
const schema = JSON.parse(readFileSync(join(ROOT, 'schemas', 'profile.schema.json'), 'utf8')) as {
  $defs: Record<string, Node>
}

/** Compiles only when both have the same fields with the same types. */
type Same<A, B> = Required<A> extends Required<B> ? (Required<B> extends Required<A> ? true : never) : never
const quirksAgree: Same<Quirks, WrittenQuirks> = true

describe('generated files', () => {
  it('are what the schema gives: run `npm run generate`', async () => {
    for (const [path, content] of Object.entries(await generate())) {
      assert.equal(readFileSync(join(ROOT, path), 'utf8'), content, path)
    }
  })

  it('need nothing at run time', () => {
    const code = readFileSync(join(ROOT, 'src', 'profile', 'validate.generated.js'), 'utf8')
    assert.doesNotMatch(code, /\brequire\(|\bimport\b|\beval\b|new Function/)
  })
})

describe('the schema', () => {
  it('names what the program has', () => {
    const provider = schema.$defs['provider']?.properties
    assert.deepEqual(provider?.['preset']?.enum?.toSorted(), Object.keys(PRESETS).sort())
    assert.deepEqual(provider?.['kind']?.enum?.toSorted(), Object.keys(KINDS).sort())
    assert.deepEqual(schema.$defs['intent']?.examples, [...INTENT_LABELS])
    assert.equal(quirksAgree, true)
  })

  it('is strict and documented at every level', () => {
    const check = (node: Node, path: string): void => {
      if (node.properties === undefined) return
      if (!/\/(?:if|then)\b/.test(path)) assert.equal(node.additionalProperties, false, path)
      for (const [name, property] of Object.entries(node.properties)) {
        const target = property.$ref?.startsWith('#/$defs/') === true ? schema.$defs[property.$ref.slice(8)] : undefined
        assert.ok(
          'description' in property || (target && 'description' in target),
          `${path}/${name} has no description`,
        )
        check(property, `${path}/${name}`)
      }
    }
    check(schema as Node, '')
    for (const [name, node] of Object.entries(schema.$defs)) check(node, name)
  })
})
