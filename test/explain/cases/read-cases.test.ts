import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { CasesFormat } from '../../../src/explain/cases/read-cases.ts'
import { casesFormat, readCases } from '../../../src/explain/cases/read-cases.ts'

const SCHEMA = join(import.meta.dirname, '..', '..', '..', 'schemas', 'cases.schema.json')
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)

function lines(...cases: unknown[]): string {
  return cases.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('')
}

function mistakes(text: string, format: CasesFormat): string[] {
  const { cases, diagnostics } = readCases(text, 'c', format)
  assert.ok(diagnostics.length > 0, `${cases.length} cases and no mistake`)
  return diagnostics.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message}`)
}

const USER = [{ role: 'user', content: 'hi' }]

describe('cases', () => {
  it('reads JSON Lines in the order given', () => {
    const text = lines({ id: 'a', prompt: 'hi' }, '', { id: 7, messages: USER }, { name: 'c', request: { input: 'x' } })
    const { cases, diagnostics } = readCases(text, 'c.jsonl', 'jsonl')
    assert.deepEqual(diagnostics, [])
    assert.deepEqual(
      cases.map(({ id, place, request }) => [id, place.line, request.kind]),
      [
        ['a', 1, 'prompt'],
        ['7', 3, 'body'],
        ['c', 4, 'body'],
      ],
    )
  })

  it('keeps a bare body byte for byte, and takes the case’s own members out of one that is a case', () => {
    const bare = '{ "model": "m",  "messages": [{"role":"user","content":"hi"}], "seed": 7 }'
    const [first, second] = readCases(
      lines(bare, {
        id: 'x',
        messages: USER,
        model: 'm',
        seed: 7,
        expect: { rule: 'code' },
        headers: { 'X-Team': 'a' },
      }),
      'c',
      'jsonl',
    ).cases
    assert.deepEqual(first?.request, { kind: 'body', text: bare })
    assert.deepEqual(second?.request, { kind: 'body', text: JSON.stringify({ messages: USER, model: 'm', seed: 7 }) })
    assert.deepEqual([second.headers, second.expect, second.seed], [{ 'x-team': 'a' }, { rule: ['code'] }, undefined])
  })

  it('tells the lines of a JSON list and of YAML', () => {
    const json = '{\n  "cases": [\n    {"prompt": "a"},\n\n    {"prompt": "b"}\n  ]\n}'
    const yaml = 'cases:\n  - prompt: a\n\n  - id: b\n    prompt: b\n'
    for (const [text, format] of [[json, 'json'] as const, [yaml, 'yaml'] as const]) {
      const { cases } = readCases(text, 'c', format)
      assert.deepEqual(
        cases.map(({ place }) => place.line),
        format === 'json' ? [3, 5] : [2, 4],
      )
    }
  })

  it('reads one case, a list, a prompt, and a recording', () => {
    assert.deepEqual(readCases('{"prompt":"hi"}', 'c', 'json').cases.length, 1)
    assert.deepEqual(readCases('["hi","you"]', 'c', 'json').cases.length, 2)
    assert.deepEqual(readCases('fix it\n', 'c', 'text').cases[0]?.request, { kind: 'prompt', prompt: 'fix it' })
    const recorded = { path: '/v1/messages', headers: { 'user-agent': 'x' }, body: { messages: USER } }
    const [one] = readCases(JSON.stringify(recorded), 'c', 'json').cases
    assert.deepEqual(one?.request, { kind: 'body', text: JSON.stringify(recorded.body), path: '/v1/messages' })
    assert.deepEqual(one.headers, { 'user-agent': 'x' })
  })

  it('takes JSON Lines under the name of JSON', () => {
    assert.equal(readCases(lines({ prompt: 'a' }, { prompt: 'b' }), 'c', 'json').cases.length, 2)
  })

  it('leaves notes alone', () => {
    const note = { prompt: 'hi', label: 'code', source: 'a', comment: 'b', small: 1, project: 'p', notes: [] }
    assert.equal(readCases(JSON.stringify(note), 'c', 'json').cases.length, 1)
  })

  it('tells every mistake at once, each with its line and a code', () => {
    const text = lines(
      { id: 'ok', prompt: 'hi' },
      '{"prompt": ',
      { id: 'empty' },
      { prompt: '' },
      { prompt: 'x', expct: {} },
      { prompt: 'x', dialect: 'openai-chta', expect: { modl: 'x', local: false } },
      '[1]',
      { prompt: 'x', headers: { a: 1 }, now: -1, wall: 'noon', health: 3, affinity: 1 },
      { prompt: 'x', expect: 'code' },
      { prompt: 'x', expect: { max_price: 'low', dropped: 3, chain: [1], rule: 7 } },
    )
    assert.deepEqual(mistakes(text, 'jsonl'), [
      'c:2 SAGE2001 not JSON: unexpected end',
      'c:3 SAGE2002 there is nothing to explain: give a `prompt`, `messages`, a `request` or a `file`',
      'c:4 SAGE2002 `prompt`: it is empty',
      'c:5 SAGE2002 unknown member `expct`',
      'c:6 SAGE2002 `dialect`: it must be one of openai-chat, openai-responses, anthropic-messages, gemini, ollama-chat, ollama-generate',
      'c:6 SAGE2003 `expect.modl`: nothing of this name can be expected',
      'c:6 SAGE2003 `expect.local`: it can only be true',
      'c:7 SAGE2002 a case must be an object',
      'c:8 SAGE2002 `headers`: it must be a map of names to texts',
      'c:8 SAGE2002 `now`: it must be a whole number from 0',
      'c:8 SAGE2002 `wall`: it must be a time such as 2026-03-01T22:30:00Z, or ms since 1970',
      'c:8 SAGE2002 `affinity`: it must be a text',
      'c:8 SAGE2002 `health`: it must be an object',
      'c:9 SAGE2003 `expect`: it must be an object such as { "rule": "code", "model": "openai/*" }',
      'c:10 SAGE2003 `expect.max_price`: it must be a price, or { input, output } of prices, in USD per million tokens',
      'c:10 SAGE2003 `expect.dropped`: it must be a list of globs over provider/model, or a map of them to reasons',
      'c:10 SAGE2003 `expect.chain`: it must be a list of globs over provider/model',
      'c:10 SAGE2003 `expect.rule`: it must be a text or a list of texts',
    ])
  })

  it('tells where an empty item of a YAML list is', () => {
    const { diagnostics } = readCases('- prompt: hi\n- prompt: ho\n-\n- prompt: hi\n-', 'c.yaml', 'yaml')
    assert.deepEqual(
      diagnostics.map(({ line, message }) => [line, message]),
      [
        [3, 'a case must be an object'],
        [5, 'a case must be an object'],
      ],
    )
  })

  it('tells mistakes of YAML where they stand', () => {
    const text = 'cases:\n  - id: a\n    prompt: hi\n    expect:\n      rule: code\n      modl: x\n  - promt: hi\n'
    const { diagnostics } = readCases(text, 'c.yaml', 'yaml')
    assert.deepEqual(
      diagnostics.map(({ line, column, code, hint }) => [line, column, code, hint]),
      [
        [6, 13, 'SAGE2003', 'did you mean "model"?'],
        [7, 5, 'SAGE2002', undefined],
        [7, 5, 'SAGE2002', 'did you mean "prompt"?'],
      ],
    )
    assert.match(mistakes('cases:\n - a: [\n', 'yaml').join(), /^c:\d SAGE2001/)
    assert.match(mistakes('\n\n{"a": [1,\n2,,]}', 'json').join(), /^c:4 SAGE2001 not JSON/)
  })

  it('never quotes a prompt in a syntax error', () => {
    assert.doesNotMatch(mistakes('{"prompt": "secret words" "x"}', 'jsonl').join(), /secret/)
  })

  it('takes the format from the name, else from the text', () => {
    const formats = ['a.jsonl', 'a.ndjson', 'a.JSON', 'a.yml', 'a.txt'].map((name) => casesFormat(name, ''))
    assert.deepEqual(formats, ['jsonl', 'jsonl', 'json', 'yaml', 'text'])
    assert.deepEqual([casesFormat('-', ' [1]'), casesFormat('-', 'hi')], ['json', 'text'])
  })
})

describe('the schema of cases', () => {
  const sound = [
    'cases: [{ prompt: hi }]',
    '[hi, { messages: [], tools: [], expect: { not: [a/*, { provider: a, model: b }], local: true } }]',
    'cases: [{ id: 1, request: { input: x }, expect: { max_price: 3, dropped: { a/*: denied }, rule: [a, b] } }]',
    '[{ path: /v1/messages, body: {}, wall: 2026-01-01T00:00:00Z, health: {}, now: 3 }]',
  ]
  const wrong = [
    'cases: [{}]',
    '[{ prompt: 3 }]',
    '[{ prompt: a, expect: { modl: x } }]',
    '[{ prompt: a, expect: { local: false } }]',
    '[{ prompt: a, now: -1 }]',
    '[{ prompt: a, dialect: x }]',
  ]
  it('says what the reader says', () => {
    for (const text of sound) {
      assert.ok(validate(parse(text)), `${text} ${JSON.stringify(validate.errors)}`)
      assert.deepEqual(readCases(text, 'c', 'yaml').diagnostics, [], text)
    }
    for (const text of wrong) {
      assert.ok(!validate(parse(text)), text)
      assert.notDeepEqual(readCases(text, 'c', 'yaml').diagnostics, [], text)
    }
  })
})
