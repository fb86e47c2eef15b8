import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judge } from './judge.ts'
import type { Seen } from './judge.ts'
import { finalText } from './scripted-provider.ts'

const NOTE = 'proof-0123'
const RAN = { code: 0, timedOut: false, stdout: `thinking\n${finalText(NOTE)}\n`, stderr: 'a warning\n' }
const LINE = '{"type":"request","dialect":"gemini","status":200}\n'
const REJECTED = '{"type":"rejected","status":405}\nno JSON\n'
const GOOD: Seen = {
  ran: RAN,
  log: REJECTED + LINE,
  upstream: { requests: [{ json: {} }, { json: { messages: [{ role: 'tool', content: NOTE }] } }] },
  note: NOTE,
  dialect: 'gemini',
  answers: 1,
}

const FAILURES: [name: string, change: Partial<Seen>, reason: RegExp][] = [
  ['hung', { ran: { ...RAN, code: null, timedOut: true } }, /did not end in time, 2 requests/],
  ['sent nothing', { upstream: { requests: [] } }, /no request came through \(exit code 0\): a warning/],
  ['was refused', { log: LINE + LINE.replace('200', '400') }, /sage answered with status 400/],
  ['lost the result', { upstream: { requests: [{ json: {} }] } }, /the provider saw no tool result/],
  ['printed something else', { ran: { ...RAN, stdout: NOTE } }, /printed the final answer 0 times, not 1/],
  ['printed it once of twice', { answers: 2 }, /printed the final answer 1 times, not 2/],
  ['failed', { ran: { ...RAN, code: 3 } }, /exit code 3/],
  ['was killed', { ran: { ...RAN, code: null } }, /exit code null/],
  ['spoke another dialect', { dialect: 'openai-chat' }, /spoke gemini/],
]

describe('judge', () => {
  it('passes a run with everything in it', () => assert.deepEqual(judge(GOOD), { result: 'passed' }))

  for (const [name, change, reason] of FAILURES) {
    it(`fails a client that ${name}`, () => {
      const verdict = judge({ ...GOOD, ...change })
      assert.equal(verdict.result, 'failed')
      assert.match(verdict.reason ?? '', reason)
    })
  }
})
