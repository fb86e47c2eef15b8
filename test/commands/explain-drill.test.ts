// Many requests while providers fail: who answers each of them.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ExplainDocument } from '../../src/explain/json.ts'
import { runCli } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'

const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
const folder = mkdtempSync(join(tmpdir(), 'sage-drill-'))
after(() => rmSync(folder, { recursive: true, force: true }))

writeFileSync(
  join(folder, 'sage.yaml'),
  `version: 1
providers:
  near: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: { small: { context: 9000 } } }
  cloud: { kind: openai-compatible, base_url: "https://cloud.test/v1", key: env:CLOUD_KEY, models: { large: { context: 9000 } } }
policies:
  auto: { rules: [{ name: all, prefer: [cloud/*, near/*] }] }
  far: { allow: [cloud/*] }
  none: { allow: [cloud/*], require: { local: true } }
`,
)
writeFileSync(
  join(folder, 'cases.jsonl'),
  [
    { id: 'either', prompt: 'hi' },
    { id: 'far', prompt: 'hi', model: 'sage/far' },
    { id: 'refused', prompt: 'hi', model: 'sage/none', expect: { error: 'no_candidate' } },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(''),
)

function drill(faults: string, format: string): Promise<Result> {
  const argv = ['explain', '--profile', 'sage.yaml', '--cases', 'cases.jsonl', '--simulate', faults, '--format', format]
  return runCli(argv, { cwd: folder, env: { CLOUD_KEY: 'k' } })
}

describe('sage explain --cases --simulate', () => {
  it('tells who answers each case, and fails when nobody does', async () => {
    const { code, stdout } = await drill('cloud=401', 'text')
    assert.match(stdout, /^either +cloud\/large +near\/small +2 +\d+ ms$/m)
    assert.match(stdout, /^far +cloud\/large +NOT ANSWERED: \d{3} \w+ +1 +\d+ ms$/m)
    assert.match(stdout, /^cloud=401: 1 of 2 requests answered, 3 calls$/m)
    assert.equal(code, 1)
  })

  it('is content when every case is answered; a case that the policy refuses is none of them', async () => {
    const { code, stdout } = await drill('near=down', 'text')
    assert.match(stdout, /^near=down: 2 of 2 requests answered, 2 calls$/m)
    assert.equal(code, 0)
  })

  it('asks each case as if it were the first', async () => {
    const { stdout } = await drill('cloud=401', 'json')
    const document = JSON.parse(stdout) as ExplainDocument
    assert.ok(validate(document), JSON.stringify(validate.errors))
    const [either, far, refused] = document.decisions.map(({ simulation }) => simulation)
    assert.deepEqual([either?.ending, either?.target], ['complete', 'near/small'])
    // Its key would rest by now.
    assert.deepEqual([far?.ending, far?.attempts.map(({ provider }) => provider)], ['refused', ['cloud']])
    assert.equal(refused, undefined)
  })

  it('puts what is not answered first in a report for review', async () => {
    const { code, stdout } = await drill('cloud=401', 'markdown')
    const table = stdout.slice(stdout.indexOf('Simulated'))
    assert.ok(table.indexOf('`far`') < table.indexOf('`either`'), table)
    assert.match(table, /\| \*\*NOT ANSWERED: 502 upstream\\_auth\*\* \|/)
    assert.equal(code, 1)
  })

  it('annotates what is not answered at its line', async () => {
    const { stdout } = await drill('cloud=401', 'github')
    assert.match(stdout, /^::error file=cases\.jsonl,line=2,title=case far%2C simulated::NOT ANSWERED: \d{3} .*$/m)
    assert.doesNotMatch(stdout, /case either/)
  })

  it('refuses faults that it does not understand', async () => {
    const { code, stderr } = await drill('clod=429', 'text')
    assert.equal(code, 2)
    assert.match(stderr, /clod.*cloud/s)
  })
})
