// `rescue: prose`: a text that breaks off is gone on with by the next target, and the client sees one complete answer.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { messageStream } from '../helpers/anthropic-replies.ts'
import { chatClient } from '../helpers/grid-chat.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { at, list } from '../helpers/grid-json.ts'
import { messagesClient } from '../helpers/grid-messages.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { continuing, prefillIn, rescueBench, TEXT } from '../helpers/rescue-bench.ts'
import type { BenchOptions, BenchProvider, RescueBench } from '../helpers/rescue-bench.ts'
import type { Reply } from '../helpers/upstream.ts'
import { expectCut, expectText } from '../lab/lab.ts'

const STREAMED = GRID_CLIENTS.filter(({ stream }) => stream)
const PIECES = chatStream({ model: 'm', text: TEXT })
/** The role and some text. */
const BEGUN = PIECES.slice(0, 4)
const WRITTEN = TEXT.slice(0, 24)
const ERROR = 'data: {"error":{"message":"boom","type":"server_error","code":"server_error"}}\n\n'
const BREAK: Reply = { fault: 'fin-after', chunks: BEGUN }

const BREAKS: Readonly<Record<string, BenchProvider>> = {
  'a reset': { reply: { fault: 'reset-after', chunks: BEGUN } },
  'a connection closed too early': { reply: BREAK },
  'a clean end without finish': { reply: { chunks: BEGUN } },
  'half an event': { reply: { fault: 'fin-after', chunks: [...BEGUN, PIECES[4]?.slice(0, 30) ?? ''] } },
  'an error event': { reply: { chunks: [...BEGUN, ERROR] } },
  // All in one piece, so that the silence before its end is the only one.
  'a stall': { reply: { fault: 'stall-after', chunks: [BEGUN.join('')] }, extra: 'timeouts: { idle_ms: 60 }' },
}

const KNOWN = 'continues_prefill: true'
const RESCUER: BenchProvider = { reply: continuing('chat', TEXT), facts: KNOWN }

let bench: RescueBench
afterEach(() => bench.close())

async function open(given: readonly BenchProvider[], options?: BenchOptions): Promise<RescueBench> {
  bench = await rescueBench(given, options)
  return bench
}

describe('a text that breaks off', () => {
  for (const client of STREAMED) {
    for (const [what, first] of Object.entries(BREAKS)) {
      test(`${client.name}: ${what}: one complete answer`, async () => {
        const { ask, upstreams } = await open([first, RESCUER])
        const outcome = await ask(client)
        expectText(outcome, TEXT)
        const prefill = prefillIn(upstreams[1]?.requests[0]?.json ?? {})
        // A reset may discard what was not read yet.
        if (what === 'a reset') return assert.ok(WRITTEN.startsWith(prefill ?? ''), prefill)
        assert.equal(prefill, WRITTEN.trimEnd())
        assert.equal(outcome.exchange.headers['x-sage-model'], 'a/m')
      })
    }
  }

  test('the log tells who wrote what, and the session goes on with the rescuer', async () => {
    const { ask, router, upstreams } = await open([{ reply: BREAK }, RESCUER])
    expectText(await ask(chatClient(true)), TEXT)
    const [event] = router.requests()
    assert.deepEqual(
      event?.attempts.map(({ provider, outcome, rescue }) => [provider, outcome, rescue]),
      [
        ['a', 'cut', undefined],
        ['b', 'ok', true],
      ],
    )
    assert.deepEqual([event?.ending, event?.target, event?.status, event?.error], ['complete', 'a/m', 200, undefined])
    await ask(chatClient(true))
    assert.deepEqual(
      upstreams.map(({ requests }) => requests.length),
      [1, 2],
    )
  })

  test('output counts for both parts, input once', async () => {
    const usage = { input: 50, cached: 0, output: 7, reasoning: 0 }
    const counted = `data: ${JSON.stringify({ id: 'x', choices: [], usage: { prompt_tokens: 30, completion_tokens: 4 } })}\n\n`
    for (const [first, expected] of [
      [{ chunks: [...BEGUN, counted] }, { input: 30, output: 11 }],
      [{ chunks: BEGUN }, { input: 50, output: 7 }],
    ] as const) {
      const { ask, router } = await open([{ reply: first }, { ...RESCUER, reply: continuing('chat', TEXT, { usage }) }])
      const outcome = await ask(chatClient(true))
      expectText(outcome, TEXT)
      const told = outcome.end === 'A' ? outcome.answer.usage : {}
      assert.deepEqual([at(told, 'prompt_tokens'), at(told, 'completion_tokens')], [expected.input, expected.output])
      const { input, output } = router.requests()[0]?.usage ?? {}
      assert.deepEqual({ input, output }, expected)
      await bench.close()
    }
  })

  test('reasoning in the open before the text stays', async () => {
    const chunks = chatStream({ model: 'm', thinking: 'let me see', text: TEXT }).slice(0, 6)
    for (const client of STREAMED) {
      const { ask } = await open([{ reply: { fault: 'fin-after', chunks } }, RESCUER])
      expectText(await ask(client, { think: true }), TEXT)
      await bench.close()
    }
  })

  test('tools may be on offer, and the rest may call one', async () => {
    const calls = [{ id: 'call_1', name: 'look', arguments: { path: '/etc' } }]
    for (const client of STREAMED) {
      const { ask } = await open([{ reply: BREAK }, { ...RESCUER, reply: continuing('chat', TEXT, { calls }) }])
      const outcome = await ask(client, { tools: ['look'] })
      expectText(outcome, TEXT)
      assert.deepEqual(outcome.end === 'A' && outcome.answer.calls.map(({ name, arguments: args }) => [name, args]), [
        ['look', { path: '/etc' }],
      ])
      await bench.close()
    }
  })
})

describe('the rescuer', () => {
  const failures: Readonly<Record<string, Reply>> = {
    'an error status': { status: 500, text: 'broken' },
    'a refusal of the beginning': { status: 400, json: { error: { message: 'no prefill' } } },
    'no answer': { fault: 'fin' },
    'an error before its first word': { chunks: [...PIECES.slice(0, 1), ERROR] },
    'reasoning anew': { chunks: chatStream({ model: 'm', thinking: 'hm', text: ' and more' }) },
    'an answer in one piece': { json: { choices: [{ index: 0, message: { role: 'assistant', content: 'whole' } }] } },
    'a second break': { fault: 'fin-after', chunks: chatStream({ model: 'm', text: TEXT.slice(23) }).slice(0, 3) },
  }
  for (const [what, reply] of Object.entries(failures)) {
    test(`${what}: the next one goes on, and without one the client is told`, async () => {
      const third = await open([{ reply: BREAK }, { reply, facts: KNOWN }, RESCUER])
      expectText(await third.ask(chatClient(true)), TEXT)
      assert.deepEqual(
        third.router.requests()[0]?.attempts.map(({ rescue }) => rescue),
        [undefined, true, true],
      )
      await bench.close()
      for (const client of STREAMED) {
        const { ask, router } = await open([{ reply: BREAK }, { reply, facts: KNOWN }])
        expectCut(await ask(client))
        assert.equal(router.requests()[0]?.ending, 'cut')
        await bench.close()
      }
    })
  }

  test('is asked in its own dialect, without white space at the end and without reasoning', async () => {
    const first = chatStream({ model: 'm', text: 'One line.\n\n' }).slice(0, 3)
    const { ask, upstreams } = await open([
      { reply: { fault: 'fin-after', chunks: first } },
      { reply: continuing('messages', 'One line.\n\nThe other.'), kind: 'anthropic', model: 'claude-sonnet-4-5' },
    ])
    expectText(await ask(messagesClient(true), { think: true }), 'One line.\n\nThe other.')
    const body = upstreams[1]?.requests[0]?.json
    assert.equal(prefillIn(body ?? {}), 'One line.')
    assert.deepEqual(at(body, 'thinking') ?? { type: 'disabled' }, { type: 'disabled' })
    assert.equal(at(body, 'max_tokens'), 4000 - 3)
  })

  test('is asked for no more than what is left of the policy’s limit', async () => {
    const { ask, upstreams } = await open([{ reply: BREAK }, RESCUER], { policy: 'rescue: prose, max_output: 100' })
    expectText(await ask(chatClient(true)), TEXT)
    const asked = upstreams.map(({ requests }) => at(requests[0]?.json, 'max_completion_tokens'))
    assert.deepEqual(asked, [100, 100 - Math.ceil(WRITTEN.trimEnd().length / 4)])
  })

  for (const [preset, marks, last] of [
    ['vllm', { continue_final_message: true, add_generation_prompt: false }, {}],
    ['mistral', {}, { prefix: true }],
  ] as const) {
    test(`is told of the beginning in the words of ${preset}, whose fact is known`, async () => {
      const { ask, upstreams } = await open([
        { reply: BREAK },
        { reply: continuing('chat', TEXT), model: 'mistral-nemo', extra: `preset: ${preset}` },
      ])
      expectText(await ask(chatClient(true)), TEXT)
      const body = upstreams[1]?.requests[0]?.json
      const { continue_final_message, add_generation_prompt } = body ?? {}
      assert.deepEqual(JSON.parse(JSON.stringify({ continue_final_message, add_generation_prompt })), marks)
      const { role: _, content: __, ...more } = list(body, 'messages').at(-1) ?? {}
      assert.deepEqual(more, last)
    })
  }

  test('of the client’s own dialect gets a written request too, and writes on in the same block', async () => {
    const { ask, upstreams } = await open([
      {
        reply: { fault: 'fin-after', chunks: messageStream({ model: 'm', text: TEXT }).slice(0, 4) },
        kind: 'anthropic',
        model: 'claude-sonnet-4-6',
      },
      { reply: continuing('messages', TEXT), kind: 'anthropic', model: 'claude-sonnet-4-5' },
    ])
    const outcome = await ask(messagesClient(true))
    expectText(outcome, TEXT)
    assert.equal(outcome.exchange.body.match(/event: content_block_start/g)?.length, 1)
    assert.ok(prefillIn(upstreams[1]?.requests[0]?.json ?? {}) !== undefined)
  })
})
