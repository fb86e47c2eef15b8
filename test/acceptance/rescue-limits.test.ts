// What `rescue: prose` never touches: the client gets the usual error in its stream, and nobody else is asked.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { messageStream } from '../helpers/anthropic-replies.ts'
import { chatClient } from '../helpers/grid-chat.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import type { Json } from '../helpers/grid-json.ts'
import { messagesClient } from '../helpers/grid-messages.ts'
import type { GridAsk, GridClient } from '../helpers/grid-types.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { continuing, prefillIn, rescueBench, TEXT } from '../helpers/rescue-bench.ts'
import type { BenchOptions, BenchProvider, RescueBench } from '../helpers/rescue-bench.ts'
import type { Reply } from '../helpers/upstream.ts'
import { expectCut, expectText } from '../lab/lab.ts'

const STREAMED = GRID_CLIENTS.filter(({ stream }) => stream)
const BREAK: Reply = { fault: 'fin-after', chunks: chatStream({ model: 'm', text: TEXT }).slice(0, 4) }
const KNOWN = 'continues_prefill: true'
const RESCUER: BenchProvider = { reply: continuing('chat', TEXT), facts: KNOWN }
const CALLS = [{ id: 'call_1', name: 'look', arguments: { path: '/etc/passwd' } }]

let bench: RescueBench
afterEach(() => bench.close())

async function open(given: readonly BenchProvider[], options?: BenchOptions): Promise<RescueBench> {
  bench = await rescueBench(given, options)
  return bench
}

interface Never {
  what: string
  first?: Reply
  rescuer?: Partial<BenchProvider>
  options?: BenchOptions
  clients?: readonly GridClient[]
  ask?: Partial<GridAsk>
  /** More members of the body. */
  body?: Json
}

const OFF = 'ties: order'
const NEVER: readonly Never[] = [
  { what: 'a policy that says nothing of it', options: { policy: OFF } },
  { what: 'a policy that says off', options: { policy: 'rescue: off' } },
  { what: 'a target of which nobody knows', rescuer: { facts: 'context: 200000' } },
  { what: 'a target that is known not to', rescuer: { facts: 'continues_prefill: false' } },
  {
    what: 'a Claude that refuses a begun answer',
    rescuer: { kind: 'anthropic', model: 'claude-opus-4-6', facts: 'context: 200000' },
  },
  {
    what: 'a tool call that was begun',
    first: { fault: 'fin-after', chunks: chatStream({ model: 'm', text: 'I look', toolCalls: CALLS }).slice(0, 3) },
    ask: { tools: ['look'] },
  },
  {
    what: 'reasoning that is still open',
    first: { fault: 'fin-after', chunks: chatStream({ model: 'm', thinking: TEXT, text: TEXT }).slice(0, 4) },
    ask: { think: true },
    clients: STREAMED.filter(({ dialect }) => dialect !== 'gemini'),
  },
  {
    what: 'white space alone',
    first: { fault: 'fin-after', chunks: chatStream({ model: 'm', text: '\n\n' }).slice(0, 2) },
  },
  { what: 'an answer by a JSON schema', ask: { schema: { type: 'object', properties: {} } } },
  { what: 'one attempt', options: { policy: 'rescue: prose, max_attempts: 1' } },
  { what: 'two answers at a time', body: { n: 2 }, clients: [chatClient(true)] },
  {
    what: 'a call that is demanded',
    ask: { tools: ['look'] },
    body: { tool_choice: 'required' },
    clients: [chatClient(true)],
  },
  {
    what: 'an answer that the client itself has begun',
    body: {
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: 'Routers' },
      ],
    },
    clients: [chatClient(true), messagesClient(true)],
  },
]

describe('nobody goes on after', () => {
  for (const { what, first = BREAK, rescuer, options, clients = STREAMED, ask: asked = {}, body } of NEVER) {
    test(what, async () => {
      for (const client of clients) {
        const { ask, upstreams, router } = await open([{ reply: first }, { ...RESCUER, ...rescuer }], options)
        const whole = client.body({ text: 'hello there', ...asked })
        expectCut(await ask(client, {}, { body: { ...whole, ...body } }))
        assert.equal(upstreams[1]?.requests.length, 0, client.name)
        assert.deepEqual(
          router.requests()[0]?.attempts.map(({ outcome }) => outcome),
          ['cut'],
        )
        await bench.close()
      }
    })
  }

  test('signed reasoning, which only its own model can go on with', async () => {
    const chunks = messageStream({ model: 'm', thinking: 'hm', text: TEXT })
    const { ask, upstreams } = await open([
      { reply: { fault: 'fin-after', chunks: chunks.slice(0, -4) }, kind: 'anthropic', facts: 'context: 200000' },
      RESCUER,
    ])
    expectCut(await ask(messagesClient(true), { think: true }))
    assert.equal(upstreams[1]?.requests.length, 0)
  })

  test('more text than the window of the other target holds', async () => {
    const text = 'word '.repeat(1000)
    const chunks = chatStream({ model: 'm', text }, { chunkSize: 500 }).slice(0, 9)
    for (const [context, isRescued] of [
      [1000, false],
      [3000, true],
    ] as const) {
      const rescuer = { reply: continuing('chat', text), facts: `${KNOWN}, context: ${context}` }
      const { ask, upstreams } = await open([{ reply: { fault: 'fin-after', chunks } }, rescuer])
      const outcome = await ask(chatClient(true))
      if (isRescued) expectText(outcome, text)
      else expectCut(outcome)
      assert.equal(upstreams[1]?.requests.length, isRescued ? 1 : 0)
      await bench.close()
    }
  })

  test('the end of the request’s time', async () => {
    const late = (): Reply => {
      bench.router.advance(60_000)
      return BREAK
    }
    const { ask, upstreams } = await open([{ reply: late }, RESCUER], {
      policy: 'rescue: prose, deadline_ms: 60000',
    })
    expectCut(await ask(chatClient(true)))
    assert.equal(upstreams[1]?.requests.length, 0)
  })

  test('the client has left: the call for the rest ends too', async () => {
    const { ask, upstreams, router } = await open([{ reply: BREAK }, { reply: { fault: 'hang' }, facts: KNOWN }])
    const second = upstreams[1]
    assert.ok(second !== undefined)
    await ask(chatClient(true), {}, { leave: second.untilReceived() })
    await second.untilAborted()
    assert.equal(router.requests()[0]?.ending ?? 'client_gone', 'client_gone')
  })
})

describe('what rescue: prose leaves as it is', () => {
  test('whole answers, which move on from the start', async () => {
    const reply: Reply = {
      fault: 'fin-after',
      chunks: ['{"choices":[{"message":{"content":"Rou'],
      headers: { 'content-type': 'application/json' },
    }
    for (const client of GRID_CLIENTS.filter(({ stream }) => !stream)) {
      const whole = {
        json: {
          id: 'x',
          choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
        },
      }
      const { ask, upstreams } = await open([{ reply }, { reply: whole, facts: KNOWN }])
      expectText(await ask(client), TEXT)
      assert.equal(prefillIn(upstreams[1]?.requests[0]?.json ?? {}), undefined)
      await bench.close()
    }
  })

  test('the bytes of a stream that nobody could go on with, or that has more than text', async () => {
    const chunks = chatStream({ model: 'm', text: TEXT })
    for (const [facts, body] of [
      ['continues_prefill: false', {}],
      [KNOWN, { logprobs: true }],
      [KNOWN, { store: true }],
      [KNOWN, { n: 2 }],
    ] as const) {
      const { ask } = await open([{ reply: { chunks } }, { ...RESCUER, facts }])
      const client = chatClient(true)
      const outcome = await ask(client, {}, { body: { ...client.body({ text: 'hello' }), ...body } })
      assert.equal(outcome.exchange.body, chunks.join(''))
      await bench.close()
    }
    const { ask } = await open([{ reply: { chunks } }, RESCUER])
    const outcome = await ask(chatClient(true))
    expectText(outcome, TEXT)
    assert.notEqual(outcome.exchange.body, chunks.join(''), 'else the rows above prove nothing')
  })
})
