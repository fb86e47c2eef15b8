// Every format of a report with something of everything, and what no report may let through.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Model } from '../../src/catalog/types.ts'
import type { Diff } from '../../src/explain/diff/diff.ts'
import { explainJson } from '../../src/explain/json.ts'
import type { Report, Result } from '../../src/explain/report.ts'
import { diffJson } from '../../src/explain/views/diff-json.ts'
import { githubCommands, withoutCommands } from '../../src/explain/views/github.ts'
import { html } from '../../src/explain/views/html.ts'
import { markdown } from '../../src/explain/views/markdown.ts'
import { reportBlocks } from '../../src/explain/views/report-blocks.ts'
import { reportText } from '../../src/explain/views/report-text.ts'
import { jsonText } from '../../src/output/json.ts'
import { matchFile } from '../helpers/match-file.ts'
import { decided, refused } from './example.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures', 'report')
const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
const PLAIN = { color: 0, width: 100 } as const
const SOURCE = { file: 'sage.yaml', line: 31, column: 9 }

const sonnet: Model = {
  provider: 'anthropic',
  id: 'claude-sonnet-4-5',
  capabilities: {},
  context: 200_000,
  price: { input: 3, output: 15 },
  local: false,
  sources: ['profile'],
}
const coder: Model = { provider: 'local', id: 'qwen3-coder:30b', capabilities: {}, local: true, sources: ['profile'] }

const flip = { kind: 'weight' as const, change: 'weight price of policy auto: 1 → 2.4', distance: 1.4 }
const results: Result[] = [
  {
    ...decided,
    id: 'fix a test',
    place: { file: 'cases.yaml', line: 3 },
    failures: ['expected rule default, it was code', 'expected not local/*, local/qwen3-coder:30b is in place 2'],
    flips: [{ ...flip, first: 'local/qwen3-coder:30b', policy: 'auto', rule: 'code' }],
  },
  { ...refused, place: { file: 'cases.yaml', line: 9 }, failures: [] },
  { ...decided, id: 'shown only' },
]

const diff: Diff = {
  base: 'main:sage.yaml',
  isNew: false,
  compared: 1200,
  parts: [
    {
      kind: 'weight',
      what: 'weight price of policy auto',
      from: '1',
      to: '6',
      source: SOURCE,
      revert: (state) => state,
    },
    { kind: 'fact', what: 'context of local/tiny:1b', from: '8192', to: 'none', revert: (state) => state },
  ],
  changes: [],
}
const [weight] = diff.parts
assert.ok(weight)
diff.changes = ['one', 'two'].map((id) => ({
  id,
  question: { facts: decided.facts, world: { now: 0, seed: 0 } },
  before: { ...decided.decision, chain: decided.decision.chain.toReversed() },
  after: decided.decision,
  kinds: ['model'],
  cause: { parts: [weight], isEachEnough: true },
  term: { term: 'price', points: 1.25 },
  models: { before: coder, after: sonnet },
}))

const coverage = {
  rules: [
    { policy: 'auto', rule: 'code', source: SOURCE, count: 2 },
    { policy: 'auto', rule: 'more code', source: SOURCE, count: 0, dead: { by: ['code'] } },
    { policy: 'auto', rule: 'rest', source: SOURCE, count: 0, shadow: { by: 'code', count: 2 } },
    { policy: 'auto', rule: 'odd', source: SOURCE, count: 0 },
  ],
  covered: 1,
  percent: 25,
  atLeast: 80,
  isEnough: false,
}
const proof = {
  reaches: [
    { policy: 'auto', rule: 'code', source: SOURCE, targets: [sonnet, coder] },
    { policy: '', rule: 'local/qwen3-coder:30b', targets: [coder] },
  ],
  claims: [
    { claim: 'private: local', targets: 1, offenders: [], isAsserted: false },
    {
      claim: 'auto: local',
      targets: 2,
      offenders: [{ target: 'anthropic/claude-sonnet-4-5', policy: 'auto', rule: 'code', source: SOURCE }],
      isAsserted: true,
    },
  ],
}

const plain: Report = { profile: 'sage.yaml', results, count: 3, coverage, proof }
const compared: Report = { ...plain, diff, results: results.slice(0, 2) }

describe('reports', () => {
  for (const [name, report] of [['decisions', plain] as const, ['comparison', compared] as const]) {
    const blocks = reportBlocks(report)
    it(`tell ${name} as text`, () => matchFile(join(FIXTURES, `${name}.txt`), reportText(report, PLAIN)))
    it(`tell ${name} as Markdown`, () => matchFile(join(FIXTURES, `${name}.md`), markdown(blocks)))
    it(`tell ${name} as HTML`, () => matchFile(join(FIXTURES, `${name}.html`), html(blocks, 'sage explain')))
    it(`tell ${name} as workflow commands`, () => matchFile(join(FIXTURES, `${name}.github`), githubCommands(report)))
    it(`tell ${name} as JSON of the documented shape`, () => {
      const document = report.diff === undefined ? explainJson(report.results, report) : diffJson(report.diff, report)
      assert.ok(validate(document), JSON.stringify(validate.errors, null, 2))
      matchFile(join(FIXTURES, `${name}.json`), jsonText(document))
    })
    it(`tell ${name} in colour too`, () => {
      const painted = reportText(report, { color: 1, width: 100 })
      assert.equal(stripVTControlCharacters(painted), reportText(report, PLAIN))
    })
  }

  it('tell one request in full', () => {
    const text = reportText(
      { profile: 'sage.yaml', results: [{ ...decided, flips: results[0]?.flips ?? [] }], count: 1 },
      PLAIN,
    )
    assert.match(text, /^flips +local\/qwen3-coder:30b \(rule code\) if weight price of policy auto: 1 → 2\.4$/m)
  })

  it('say that nothing changed, and that a profile is new', () => {
    const same: Report = { ...compared, results: [], diff: { ...diff, changes: [] } }
    assert.match(reportText(same, PLAIN), /all 1,200 requests are decided as before/)
    assert.match(markdown(reportBlocks(same)), /all 1,200 requests are decided as before/)
    const isNew: Report = { ...compared, results: [], diff: { ...diff, isNew: true, changes: [] } }
    assert.match(reportText(isNew, PLAIN), /the profile is new/)
    assert.match(markdown(reportBlocks(isNew)), /the profile is new/)
    assert.ok(validate(diffJson(isNew.diff ?? diff, isNew)), JSON.stringify(validate.errors))
  })
})

const EVIL = '<script>alert(1)</script>|`x`\n::error::boo\n@org/team #1 https://evil.example \u001b[2J\u202e%0A[a](b)'

/** Characters that steer a terminal or turn text around. */
function steers(text: string): boolean {
  return ['\u001b', '\u202e'].some((character) => text.includes(character))
}

describe('a hostile text', () => {
  const decision = {
    ...decided.decision,
    notes: [EVIL],
    intent: { ...decided.decision.intent, label: EVIL },
    chain: [{ provider: 'p', model: EVIL }],
  }
  const evil: Result[] = [{ ...decided, id: EVIL, decision, place: { file: 'a,b:c', line: 1 }, failures: [EVIL] }]
  const blocks = reportBlocks({ profile: EVIL, results: evil, count: 1 })

  it('is no markup in Markdown', () => {
    const text = markdown(blocks)
    assert.doesNotMatch(text.replaceAll(/(`+)[^\n]*?\1/g, ''), /(?<!\\)<script|(?<!\\)\[a\\?\]|@org|https:\/\//)
    assert.ok(!steers(text))
    for (const line of text.split('\n')) assert.ok(!line.startsWith('::'), line)
    const rows = text.split('\n').filter((line) => line.startsWith('| '))
    const columns = rows.map((row) => row.replaceAll('\\|', '').split('|').length)
    assert.ok(columns.length > 0 && columns.every((count) => count === 4 || count === 7), columns.join())
  })

  it('is no markup in HTML, which loads nothing', () => {
    const page = html(blocks, EVIL)
    assert.doesNotMatch(page, /<script|<img|<link|<iframe| src=| href=|url\(/)
    assert.ok(!steers(page))
    assert.match(page, /default-src 'none'/)
  })

  it('is no command in a workflow', () => {
    const commands = githubCommands({ profile: EVIL, results: evil, count: 1 }).trimEnd().split('\n')
    assert.equal(commands.length, 1)
    assert.match(commands[0] ?? '', /^::error file=a%2Cb%3Ac,line=1,title=case [^\n]*%250A/)
    assert.equal(withoutCommands('::error::x\n', 'token'), '::stop-commands::token\n::error::x\n::token::\n')
  })
})
