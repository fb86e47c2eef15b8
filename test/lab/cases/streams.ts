// U: streams that go wrong, or that look odd and are right.
import assert from 'node:assert/strict'
import { chatCompletion, chatStream } from '../../helpers/openai-chat-replies.ts'
import type { Reply } from '../../helpers/upstream.ts'
import { byMode, expectCut, expectText, FINE } from '../lab.ts'
import { describe } from '../oracle.ts'
import type { LabCase } from '../types.ts'
import { movesOn } from './connection.ts'

const PIECES = chatStream({ model: 'm', text: FINE })
/** The role and some text. */
const BEGUN = PIECES.slice(0, 2)
/** All but the usage and the terminator. */
const SAID = PIECES.slice(0, -2)
const ERROR = 'data: {"error":{"message":"boom","type":"server_error","code":"server_error"}}\n\n'
const PREAMBLE = PIECES.slice(0, 1)

/** Some output, then this: the client sees an error event and a torn connection, and nobody else is asked. */
function cut(id: string, fault: string, reply: Reply): LabCase {
  return {
    id,
    fault,
    expected: 'an error event and a torn connection; nobody else is asked',
    per: 'client',
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      const { router, second } = await lab.pair(reply)
      const seen = expectCut(await lab.ask(router, client))
      assert.equal(second.requests.length, 0)
      return seen
    },
  }
}

/** A stream that is odd in this way only: every stream client reads the whole text from it. */
function same(id: string, fault: string, replies: readonly Reply[], text: string = FINE): LabCase {
  return {
    id,
    fault,
    expected: 'the same answer',
    per: 'client',
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      let seen = ''
      for (const reply of replies) {
        const router = await lab.router([{ name: 'a', url: (await lab.upstream(reply)).url }])
        seen = expectText(await lab.ask(router, client), text)
      }
      return seen
    },
  }
}

/** All ways to cut a text into two parts, byte by byte. */
function splits(bytes: Buffer): Reply[] {
  const around = Array.from({ length: 40 }, (_, n) => Math.floor((bytes.length * (n + 1)) / 41))
  return [
    ...around.map((at) => ({ chunks: [bytes.subarray(0, at), bytes.subarray(at)] })),
    { chunks: Array.from(bytes, (_, n) => bytes.subarray(n, n + 1)) },
  ]
}

const LETTERS = 'aé€😀 ü漢🇩🇪'
const BIG = 'x'.repeat(8 * 1024 * 1024)

export const STREAM_CASES: readonly LabCase[] = [
  {
    id: 'U-34',
    fault: 'one event of 8 MB; one of 64 MB',
    expected: '8 MB come through; 64 MB are an error',
    per: 'once',
    slow: true,
    run: async (lab) => {
      const { chatClient } = await import('../../helpers/grid-chat.ts')
      const { messagesClient } = await import('../../helpers/grid-messages.ts')
      const large = chatStream({ model: 'm', text: BIG }, { chunkSize: BIG.length })
      for (const client of [chatClient(true), messagesClient(true)]) {
        const router = await lab.router([{ name: 'a', url: (await lab.upstream({ chunks: large })).url }])
        expectText(await lab.ask(router, client), BIG)
        const huge: Reply = {
          chunks: [
            'data: {"choices":[{"delta":{"content":"',
            ...Array.from({ length: 64 }, () => BIG.slice(0, 1024 * 1024)),
          ],
        }
        const other = await lab.router([{ name: 'a', url: (await lab.upstream(huge)).url }])
        const outcome = await lab.ask(other, client)
        assert.ok(outcome.end === 'B' || outcome.end === 'C', describe(outcome))
      }
      return '8 MB whole, 64 MB refused'
    },
  },
  same(
    'U-35',
    'characters of 1 to 4 bytes, split anywhere',
    splits(Buffer.from(chatStream({ model: 'm', text: LETTERS }).join(''))),
    LETTERS,
  ),
  {
    id: 'U-36',
    fault: 'bytes that are no UTF-8',
    expected: 'same dialect: the bytes come through; others: U+FFFD; nothing throws',
    per: 'client',
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      const bytes = Buffer.from(chatStream({ model: 'm', text: 'a?b' }).join('').replace('a?b', 'aÿb'), 'latin1')
      const router = await lab.router([{ name: 'a', url: (await lab.upstream({ chunks: [bytes] })).url }])
      const outcome = await lab.ask(router, client)
      const seen = expectText(outcome, 'a\uFFFDb')
      if (client.dialect === 'chat') assert.ok(outcome.exchange.bytes.includes(0xff), 'the byte itself')
      return seen
    },
  },
  same('U-37', 'CRLF, CR, BOM, comments, ids, several data lines', [
    { chunks: [PIECES.join('').replaceAll('\n', '\r\n')] },
    { chunks: [`\uFEFF${PIECES.join('')}`] },
    { chunks: PIECES.map((piece) => `: OPENROUTER PROCESSING\n\nid: 1\nretry: 10\nevent: message\n${piece}`) },
    { chunks: PIECES.map((piece) => piece.replace('data: {"id"', 'data: {\ndata: "id"')) },
  ]),
  { ...movesOn('U-38', 'an error as the first event', { chunks: [ERROR] }), applies: ({ stream }) => stream },
  {
    ...movesOn('U-39', 'a preamble, then an error or the end', { text: '' }),
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      for (const chunks of [[...PREAMBLE, ERROR], PREAMBLE, [...PREAMBLE, 'data: [DONE]\n\n']]) {
        const { router } = await lab.pair({ chunks })
        const outcome = await lab.ask(router, client)
        expectText(outcome)
        assert.equal(outcome.exchange.headers['x-sage-model'], 'b/m')
      }
      return 'nothing of the first was seen'
    },
  },
  cut('U-40', 'reset in the middle', { fault: 'reset-after', chunks: BEGUN }),
  cut('U-40b', 'closed in the middle, without the terminator of HTTP', { fault: 'fin-after', chunks: BEGUN }),
  cut('U-41', 'a clean end without finish and [DONE]', { chunks: BEGUN }),
  cut('U-42', 'an error event in the middle', { chunks: [...BEGUN, ERROR] }),
  same('U-43', 'two terminators, data after the end', [
    { chunks: [...PIECES, 'data: [DONE]\n\n'] },
    { chunks: [...PIECES, ...BEGUN] },
    { chunks: [...PIECES, ERROR] },
  ]),
  {
    // In the same dialect the bytes pass through as they came.
    ...same('U-43b', 'two finishes', [{ chunks: [...PIECES.slice(0, -2), PIECES.at(-3) ?? '', ...PIECES.slice(-2)] }]),
    applies: ({ stream, dialect }) => stream && dialect !== 'chat',
  },
  same('U-43c', 'the finish, and then the end, half an event, a reset or an error', [
    { chunks: SAID },
    { chunks: [...SAID, 'data: {"id":"chatcm'] },
    { fault: 'reset-after', chunks: SAID },
    { chunks: [...SAID, ERROR] },
  ]),
  cut('U-44', 'finish_reason "error"', {
    chunks: [
      ...BEGUN,
      'data: {"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"error"}]}\n\n',
      'data: [DONE]\n\n',
    ],
  }),
  same('U-45', 'no usage; usage null; usage alone at the end', [
    { chunks: PIECES.filter((piece) => !piece.includes('"total_tokens"')) },
    { chunks: PIECES },
    { chunks: PIECES.map((piece) => piece.replaceAll('"usage":null,', '')) },
  ]),
  {
    id: 'U-46',
    fault: 'the arguments of a tool call end in the middle',
    expected: 'same dialect: as they came; others: never a call that looks complete',
    per: 'client',
    run: async (lab, client) => {
      const calls = [{ id: 'call_1', name: 'look', arguments: '{"path":"/etc/pass' }]
      const reply = byMode(
        { json: chatCompletion({ model: 'm', toolCalls: calls }) },
        { chunks: chatStream({ model: 'm', toolCalls: calls }) },
      )
      const router = await lab.router([{ name: 'a', url: (await lab.upstream(reply)).url }])
      const outcome = await lab.ask(router, client, { body: client.body({ text: 'look', tools: ['look'] }) })
      // The reader of the client's dialect parses the arguments: a complete-looking answer must not parse.
      if (outcome.end === 'A') {
        const [call] = outcome.answer.calls
        assert.notDeepEqual(call?.arguments, { path: '/etc/pass' }, 'mended into something that was not said')
      }
      return describe(outcome).slice(0, 80)
    },
  },
]
