// An answer that has begun holds nothing of its request that nobody will ask for again: streams are many, and long.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CLIENT_DIALECTS } from '../../src/dialects/index.ts'
import { decideNow, handle } from '../../src/gateway/handle.ts'
import { letGo } from '../../src/gateway/let-go.ts'
import { readRequest } from '../../src/gateway/read-request.ts'
import type { ClientReply } from '../../src/gateway/types.ts'
import type { UpstreamCall } from '../../src/providers/transport/types.ts'
import { chatClient } from '../helpers/grid-chat.ts'
import { gridYaml, wireOf } from '../helpers/grid-provider.ts'
import { createInProcess } from '../helpers/in-process.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'

const YAML = gridYaml([{ name: 'a', kind: 'openai-compatible', url: 'http://a.test' }])
const RESCUED = gridYaml([
  { name: 'a', kind: 'openai-compatible', url: 'http://a.test' },
  { name: 'b', kind: 'openai-compatible', url: 'http://b.test' },
])
  .replaceAll('context: 200000', 'context: 200000, continues_prefill: true')
  .replace('auto: {', 'auto: { rescue: prose,')

const BYTES = Buffer.from(JSON.stringify(chatClient(true).body({ text: 'why is the sky blue?', system: 'Be brief.' })))
const INCOMING = { dialect: CLIENT_DIALECTS['openai-chat'], body: BYTES, headers: { 'user-agent': 'agent/1' } }

/** What was held at each step of one streamed answer; the provider's stream stays open until the end of the test. */
async function trace(yaml: string): Promise<string[]> {
  const seen: string[] = []
  let call: UpstreamCall | undefined
  const pieces = wireOf('chat', { text: 'Because.' }).stream
  const chunks = [pieces.slice(0, -1).join(''), pieces.slice(-1).join('')].map((chunk) => Buffer.from(chunk))
  const send = scriptedSend((asked) => {
    call = asked
    return { headers: { 'content-type': 'text/event-stream' }, chunks }
  })
  const { gateway } = createInProcess(yaml, () => send)
  const state = (): string => (call?.body === '' ? 'nothing to send' : 'a body to send')
  const reply: ClientReply = {
    onGone: () => undefined,
    head: () => seen.push(`head: ${state()}`),
    write: () => void seen.push(`write: ${state()}`),
    end: () => seen.push('end'),
    tear: () => seen.push('tear'),
  }
  await handle(gateway, { ...INCOMING, release: () => seen.push('released') }, reply)
  return [...new Set(seen)]
}

describe('a streamed answer that has begun', () => {
  it('lets go of the request with the first output', async () => {
    assert.deepEqual(await trace(YAML), ['released', 'head: nothing to send', 'write: nothing to send', 'end'])
  })

  it('keeps the request while another target may have to go on with the answer', async () => {
    assert.deepEqual(await trace(RESCUED), ['head: nothing to send', 'write: nothing to send', 'end'])
  })
})

describe('letGo', () => {
  const { gateway } = createInProcess(YAML, () => scriptedSend(() => ({})))

  it('leaves of the decision what the log tells', () => {
    const request = readRequest(INCOMING)
    const inputs = decideNow(gateway, request, 's')
    const { policy, rule, chain } = inputs.decision
    const { label, confidence } = inputs.decision.intent
    letGo(request, inputs, false)
    assert.deepEqual(inputs.decision.candidates, [])
    assert.deepEqual({ ...inputs.decision.intent }, { label, confidence, evidence: [] })
    assert.deepEqual([inputs.decision.policy, inputs.decision.rule, inputs.decision.chain], [policy, rule, chain])
    const { turn, firstTurn, previousTurn, system, headers } = inputs.facts
    assert.deepEqual([turn, firstTurn, previousTurn, system, headers], ['', '', '', '', {}])
    assert.equal(request.outline.bytes.length, 2)
  })

  it('leaves all that a decision was made from when it is to be recorded, but not the bytes', () => {
    const request = readRequest(INCOMING)
    const inputs = decideNow(gateway, request, 's')
    letGo(request, inputs, true)
    assert.equal(inputs.facts.turn, 'why is the sky blue?')
    assert.equal(inputs.facts.headers['user-agent'], 'agent/1')
    assert.notDeepEqual(inputs.decision.candidates, [])
    assert.equal(request.outline.bytes.length, 2)
  })
})
