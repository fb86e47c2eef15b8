// `rescue: prose`: a text that breaks off is gone on with by the next target, and the client sees one complete answer.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { continuing, rescueBench, TEXT } from '../helpers/rescue-bench.ts'
import type { RescueBench } from '../helpers/rescue-bench.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { expectText } from '../lab/lab.ts'
import type { Reply } from '../helpers/upstream.ts'

const STREAMED = GRID_CLIENTS.filter(({ stream }) => stream)
const PIECES = chatStream({ model: 'm', text: TEXT })
/** The role and some text. */
const BEGUN = PIECES.slice(0, 4)
const ERROR = 'data: {"error":{"message":"boom","type":"server_error","code":"server_error"}}\n\n'

const BREAKS: Readonly<Record<string, Reply>> = {
  'a reset': { fault: 'reset-after', chunks: BEGUN },
  'a connection closed too early': { fault: 'fin-after', chunks: BEGUN },
  'a clean end without finish': { chunks: BEGUN },
  'half an event': { fault: 'fin-after', chunks: [...BEGUN, PIECES[4]?.slice(0, 30) ?? ''] },
  'an error event': { chunks: [...BEGUN, ERROR] },
  'a stall': { fault: 'stall-after', chunks: BEGUN },
}

describe('rescue: prose', () => {
  let bench: RescueBench
  afterEach(() => bench.close())

  for (const client of STREAMED) {
    for (const [what, reply] of Object.entries(BREAKS)) {
      test(`${client.name}: ${what} after text is one complete answer`, async () => {
        bench = await rescueBench([{ reply }, { reply: continuing('chat', TEXT), facts: 'continues_prefill: true' }])
        const outcome = await bench.ask(client)
        expectText(outcome, TEXT)
        assert.equal(outcome.exchange.headers['x-sage-model'], 'a/m')
      })
    }
  }
})
