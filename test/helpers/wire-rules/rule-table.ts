// Tables of good and bad requests: the good one passes, and each rule finds its bad one.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Json } from '../grid-json.ts'
import type { ProviderDialectName } from '../grid-provider.ts'
import { wireViolations } from './index.ts'

/** A 1 × 1 PNG in base64. */
export const PNG: string =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
/** A schema that every dialect takes. */
export const OBJECT: Json = { type: 'object', properties: { n: { type: 'number' } } }

export interface RuleTable {
  dialect: ProviderDialectName
  /** A request with everything in it. */
  good: Json
  /** Where it goes, in dialects that name the model there. */
  path?: string
  /** Members that replace those of the good body; undefined takes one out. The pattern is what is found. */
  bad: readonly [name: string, change: Json, expected: RegExp][]
}

const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'context-management-2025-06-27' }

/** What is wrong with a body, and with its headers. */
export function violationsOf(table: RuleTable, json: Json, headers: Record<string, string> = HEADERS): string[] {
  const { dialect, path = '/' } = table
  return wireViolations(dialect, { method: 'POST', path, headers, body: Buffer.alloc(0), json })
}

/** Tests a table. */
export function testRules(table: RuleTable): void {
  describe(table.dialect, () => {
    test('takes a request with everything in it', () => {
      assert.deepEqual(violationsOf(table, table.good), [])
    })
    for (const [what, change, expected] of table.bad) {
      test(`refuses ${what}`, () => {
        const members = Object.entries({ ...table.good, ...change }).filter(([, value]) => value !== undefined)
        const reasons = violationsOf(table, Object.fromEntries(members))
        assert.ok(
          reasons.some((reason) => expected.test(reason)),
          `${JSON.stringify(reasons)} has no ${expected.source}`,
        )
      })
    }
  })
}
