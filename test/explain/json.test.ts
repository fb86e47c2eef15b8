import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { explainJson } from '../../src/explain/json.ts'
import { jsonText } from '../../src/output/json.ts'
import { matchFile } from '../helpers/match-file.ts'
import { decided, refused } from './example.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)

function assertValid(document: unknown): void {
  assert.ok(validate(document), JSON.stringify(validate.errors, null, 2))
}

describe('explain as JSON', () => {
  it('tells decisions in the documented shape', () => {
    const document = explainJson([decided, refused])
    assertValid(document)
    matchFile(join(FIXTURES, 'decisions.json'), jsonText(document))
  })

  it('is described by a schema that refuses anything else', () => {
    const document = explainJson([decided])
    for (const change of [{ version: 2 }, { decisions: [1] }, { more: 1 }]) {
      assert.equal(validate({ ...document, ...change }), false, JSON.stringify(change))
    }
    const [decision] = document.decisions
    assert.equal(validate({ version: 1, decisions: [{ ...decision, extra: 1 }] }), false)
  })

  it('has every candidate, and the text of every cue', () => {
    const [view] = explainJson([decided]).decisions
    assert.equal((view?.kept.length ?? 0) + (view?.dropped.length ?? 0), decided.decision.candidates.length)
    assert.deepEqual(
      view?.intent.evidence.map(({ text }) => text),
      ['stack trace', 'fix', 'Please', ''],
    )
  })
})
