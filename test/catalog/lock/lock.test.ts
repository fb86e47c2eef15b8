import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SageError } from '../../../src/diagnostics/errors.ts'
import { compareLocks } from '../../../src/catalog/lock/compare.ts'
import { lockName } from '../../../src/catalog/lock/lock-name.ts'
import { EMPTY_LOCK, mergeLock } from '../../../src/catalog/lock/merge.ts'
import type { Report } from '../../../src/catalog/lock/merge.ts'
import { readLock } from '../../../src/catalog/lock/read.ts'
import { toDiscovered } from '../../../src/catalog/lock/to-discovered.ts'
import type { Lock, ReportedModel } from '../../../src/catalog/lock/types.ts'
import { lockText } from '../../../src/catalog/lock/write.ts'

const LOCAL = { value: true, from: 'base_url' }
const QWEN: ReportedModel = {
  id: 'qwen3:8b',
  local: LOCAL,
  capabilities: { value: { json: true, vision: false, tools: true }, from: '/api/show' },
  context: { value: 40_960, from: '/api/tags' },
}
const SONNET: ReportedModel = {
  id: 'acme/sonnet-1',
  local: { value: false, from: 'base_url' },
  output: { value: 8192, from: '/v1/models' },
  price: { value: { input: 3, output: 15.25 }, from: '/v1/models' },
}
const ODD = ['__proto__', 'constructor', 'true', '- x', 'a: b #c', '12', '"quoted"', 'ünïcode', '* &anchor', '1e3']

function report(provider: string, ...models: ReportedModel[]): Report {
  return { provider, kind: 'ollama', baseUrl: 'http://127.0.0.1:11434', models }
}

function merge(old: Lock, reports: Report[], date: string, known: string[] = ['a', 'b']): Lock {
  return mergeLock(old, reports, new Set(known), date)
}

describe('the lock file', () => {
  it('has a fact a line, sorted, with source and date', () => {
    const text = lockText(merge(EMPTY_LOCK, [report('b', SONNET), report('a', QWEN)], '2026-09-01'))
    assert.equal(
      text.replace(/^#.*\n/gm, ''),
      [
        'version: 1',
        'providers:',
        '  a:',
        '    kind: ollama',
        '    base_url: http://127.0.0.1:11434',
        '    models:',
        '      qwen3:8b:',
        '        since: 2026-09-01',
        '        local: { value: true, from: base_url, date: 2026-09-01 }',
        '        capabilities: { tools: true, vision: false, json: true, from: /api/show, date: 2026-09-01 }',
        '        context: { value: 40960, from: /api/tags, date: 2026-09-01 }',
        '  b:',
        '    kind: ollama',
        '    base_url: http://127.0.0.1:11434',
        '    models:',
        '      acme/sonnet-1:',
        '        since: 2026-09-01',
        '        local: { value: false, from: base_url, date: 2026-09-01 }',
        '        output: { value: 8192, from: /v1/models, date: 2026-09-01 }',
        '        price: { input: 3, output: 15.25, from: /v1/models, date: 2026-09-01 }',
        '',
      ].join('\n'),
    )
    assert.match(text, /^# yaml-language-server: \$schema=https:\/\/\S+\/lock\.schema\.json\n/)
  })

  it('reads what it writes, names of any kind included', () => {
    const lock = merge(EMPTY_LOCK, [report('a', QWEN, SONNET, ...ODD.map((id) => ({ ...QWEN, id })))], '2026-09-01')
    const text = lockText(lock)
    const read = readLock(text)
    assert.deepEqual(
      [...(read.providers.get('a')?.models.keys() ?? [])].toSorted(),
      [...ODD, QWEN.id, SONNET.id].toSorted(),
    )
    assert.equal(lockText(read), text)
    assert.deepEqual(compareLocks(lock, read), [])
  })

  it('keeps the dates of facts that stay, and of sources that only moved', () => {
    const first = merge(EMPTY_LOCK, [report('a', QWEN)], '2026-09-01')
    assert.equal(lockText(merge(first, [report('a', QWEN)], '2026-10-01')), lockText(first))
    const next = { ...QWEN, context: { value: 8192, from: '/api/show' } }
    const second = merge(first, [report('a', next, SONNET)], '2026-10-01').providers.get('a')?.models
    assert.deepEqual(second?.get('qwen3:8b')?.context, { value: 8192, from: '/api/show', date: '2026-10-01' })
    assert.equal(second.get('qwen3:8b')?.capabilities?.date, '2026-09-01')
    assert.equal(second.get('qwen3:8b')?.since, '2026-09-01')
    assert.equal(second.get('acme/sonnet-1')?.since, '2026-10-01')
  })

  it('keeps facts that could not be asked, and drops those that are no longer said', () => {
    const first = merge(EMPTY_LOCK, [report('a', QWEN)], '2026-09-01')
    const bare: ReportedModel = { id: QWEN.id, local: LOCAL }
    const context = (model: ReportedModel) =>
      merge(first, [report('a', model)], '2026-10-01')
        .providers.get('a')
        ?.models.get(QWEN.id)?.context?.date
    assert.equal(context({ ...bare, isIncomplete: true }), '2026-09-01')
    assert.equal(context(bare), undefined)
  })

  it('keeps providers that did not answer, and drops those that are no longer in the profile', () => {
    const first = merge(EMPTY_LOCK, [report('a', QWEN), report('b', SONNET)], '2026-09-01')
    assert.deepEqual([...merge(first, [report('a', QWEN)], '2026-10-01').providers.keys()], ['a', 'b'])
    assert.deepEqual([...merge(first, [report('a', QWEN)], '2026-10-01', ['a']).providers.keys()], ['a'])
  })

  it('starts anew when a provider has moved', () => {
    const first = merge(EMPTY_LOCK, [report('a', QWEN)], '2026-09-01')
    const moved = merge(first, [{ ...report('a', QWEN), baseUrl: 'http://10.0.0.1:11434' }], '2026-10-01')
    assert.equal(moved.providers.get('a')?.models.get(QWEN.id)?.since, '2026-10-01')
    assert.deepEqual(compareLocks(first, moved), [{ change: 'provider_moved', provider: 'a' }])
  })

  it('tells what has changed', () => {
    const before = merge(EMPTY_LOCK, [report('a', QWEN)], '2026-09-01')
    const after = merge(
      EMPTY_LOCK,
      [report('a', { ...QWEN, context: { value: 1, from: 'x' } }, SONNET), report('b', QWEN)],
      '2026-09-02',
    )
    assert.deepEqual(compareLocks(before, after), [
      { change: 'model_added', provider: 'a', model: 'acme/sonnet-1' },
      { change: 'fact', provider: 'a', model: 'qwen3:8b', fact: 'context', before: 40_960, after: 1 },
      { change: 'provider_added', provider: 'b' },
      { change: 'model_added', provider: 'b', model: 'qwen3:8b' },
    ])
    assert.deepEqual(compareLocks(after, before)[0], { change: 'model_removed', provider: 'a', model: 'acme/sonnet-1' })
  })

  const unsound: [what: string, text: string, message: RegExp][] = [
    ['nothing', '', /sage\.lock\.yaml: \/ must have required property 'version'/],
    ['broken YAML', 'version: 1\nproviders: {', /sage\.lock\.yaml:\d+: /],
    ['a merge conflict', '<<<<<<< HEAD\nversion: 1\n=======\nversion: 1\n>>>>>>> x\n', /sage\.lock\.yaml/],
    ['another version', 'version: 2\nproviders: {}', /\/version must be equal to constant/],
    ['an alias', 'version: 1\nproviders: { a: &a { kind: x, base_url: "http://x", models: {} }, b: *a }', /alias/i],
    [
      'a wrong fact',
      'version: 1\nproviders: { a: { kind: x, base_url: "http://x", models: { m: { since: 3 } } } }',
      /\/m/,
    ],
  ]
  for (const [what, text, message] of unsound) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readLock(text),
        (error) => error instanceof SageError && error.code === 'SAGE1040' && message.test(error.message),
      )
    })
  }

  it('gives the catalogue what was said, and leaves the locality of addresses to the profile', () => {
    assert.deepEqual(toDiscovered('m', { ...SONNET, chat: { value: false, from: 'x' } }), {
      id: 'm',
      chat: false,
      output: 8192,
      price: { input: 3, output: 15.25 },
    })
    assert.deepEqual(toDiscovered('m', { local: { value: false, from: '/api/tags' } }), { id: 'm', remote: true })
  })

  it('is called after the profile', () => {
    assert.deepEqual(['sage.yaml', 'a/team.yml', 'x'].map(lockName), [
      'sage.lock.yaml',
      'a/team.lock.yaml',
      'x.lock.yaml',
    ])
  })
})
