import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { jsonLog, textLog } from '../../src/commands/serve-log.ts'
import type { RequestEvent } from '../../src/gateway/types.ts'
import { painter } from '../../src/output/color.ts'
import type { ServerEvent } from '../../src/server/events.ts'
import { decided } from '../explain/example.ts'

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
const text = textLog(painter(0))

const ANSWERED: RequestEvent = {
  type: 'request',
  id: '0123456789abcdef',
  dialect: 'openai-chat',
  asked: 'sage/auto',
  stream: true,
  decision: decided.decision,
  target: 'local/qwen3',
  attempts: [
    { provider: 'anthropic', model: 'claude', outcome: 'rate_limit', status: 429, message: 'slow down', ms: 10.123 },
    { provider: 'local', model: 'qwen3', outcome: 'ok', status: 200, ms: 1500 },
  ],
  status: 200,
  ending: 'complete',
  firstContentMs: 340.123,
  ms: 1510.456,
  usage: { input: 1200, output: 300 },
  dropped: [],
}
const RESCUED: RequestEvent = {
  ...ANSWERED,
  target: 'anthropic/claude',
  attempts: [
    { provider: 'anthropic', model: 'claude', outcome: 'cut', status: 200, ms: 10 },
    { provider: 'local', model: 'qwen3', rescue: true, outcome: 'ok', status: 200, ms: 1500 },
  ],
}
const { decision: _, target: __, firstContentMs: ___, usage: ____, ...bare } = ANSWERED
const REFUSED: RequestEvent = {
  ...bare,
  asked: 'x\u001b[2J',
  attempts: [],
  status: 400,
  ending: 'refused',
  error: 'no',
}
const BUG: ServerEvent = { type: 'bug', method: 'POST', path: '/v1/x', error: new TypeError('boom') }
const REJECTED: ServerEvent = {
  type: 'rejected',
  method: 'GET',
  path: '/\u001b[2J',
  status: 404,
  code: 'not_found',
  message: 'no such path',
}

describe('text log', () => {
  const cases: [name: string, event: ServerEvent, line: RegExp][] = [
    [
      'an answer',
      ANSWERED,
      /^03:04:05 200 local\/qwen3 {2}auto, rule code {2}first 340ms {2}1\.5s {2}1200→300 tokens {2}after anthropic\/claude rate_limit {2}0123456789abcdef\n$/,
    ],
    [
      'an answer that two targets wrote',
      RESCUED,
      / {2}1200→300 tokens {2}rescued by local\/qwen3 {2}after anthropic\/claude cut {2}0123456789abcdef\n$/,
    ],
    ['a refusal', REFUSED, /^03:04:05 400 x {2}refused {2}1\.5s {2}no {2}0123456789abcdef\n$/],
    ['a client that left', { ...REFUSED, status: 0, ending: 'client_gone' }, /^03:04:05 --- x {2}client gone /],
    [
      'a rejection',
      REJECTED,
      /^03:04:05 rejected method=GET path=\/ status=404 code=not_found message="no such path"\n$/,
    ],
    ['a bug, with its stack', BUG, /^03:04:05 bug POST \/v1\/x\nTypeError: boom\n +at /],
  ]
  for (const [name, event, line] of cases) it(`tells ${name}`, () => assert.match(text(event, AT), line))
})

describe('JSON log', () => {
  for (const event of [ANSWERED, REFUSED, REJECTED, BUG]) {
    it(`is one line for ${event.type === 'request' ? event.ending : event.type}`, () => {
      const line = jsonLog(event, AT)
      assert.match(line, /^[^\n]+\n$/)
      const document = JSON.parse(line) as Record<string, unknown>
      assert.deepEqual([document['time'], document['type']], ['2026-01-02T03:04:05.006Z', event.type])
    })
  }

  it('has what decided, but not every candidate', () => {
    const { decision, ms, firstContentMs } = JSON.parse(jsonLog(ANSWERED, AT)) as Record<string, unknown>
    assert.deepEqual([ms, firstContentMs], [1510.5, 340.1])
    assert.deepEqual(decision, {
      policy: 'auto',
      rule: 'code',
      rule_source: { file: 'sage.yaml', line: 31, column: 9 },
      intent: { label: 'code', confidence: 0.8333333333 },
      sticky: true,
      chain: ['anthropic/claude-sonnet-4-5', 'local/qwen3-coder:30b'],
      notes: ['sticky: anthropic/claude-sonnet-4-5 keeps the session'],
    })
  })

  it('has the stack of a bug', () => {
    assert.match((JSON.parse(jsonLog(BUG, AT)) as { error: string }).error, /^TypeError: boom\n +at /)
  })
})
