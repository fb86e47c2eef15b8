// Targets that fail now and then, all at once: their breakers must not keep requests from the one that would have answered.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { chatClient } from '../helpers/grid-chat.ts'
import { gridYaml, wireOf } from '../helpers/grid-provider.ts'
import { createInProcess } from '../helpers/in-process.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'

const TARGETS = ['a', 'b', 'c']
const FAULTY = 0.3
const REQUESTS = 800
const CLIENT = chatClient(false)
const DOWN = { status: 500, chunks: [Buffer.from('{"error":{"message":"down"}}')] }
const FINE = {
  headers: { 'content-type': 'application/json' },
  chunks: [Buffer.from(JSON.stringify(wireOf('chat', { text: 'fine' }).whole))],
}

function isFaulty(target: string, n: number): boolean {
  return createHash('sha1').update(`${target} ${n}`).digest().readUInt32BE(0) / 2 ** 32 < FAULTY
}

describe('a storm of faults', () => {
  for (const { gapMs, least } of [
    { gapMs: 5, least: 0.999 },
    { gapMs: 50, least: 0.999 },
    // Too few requests to know for each target whether it is alive.
    { gapMs: 1000, least: 0.99 },
  ]) {
    it(`is survived at one request in ${gapMs} ms`, async () => {
      let calls = 0
      const providers = TARGETS.map((name) => ({
        name,
        kind: 'openai-compatible' as const,
        url: `http://${name}.test`,
      }))
      const router = createInProcess(gridYaml(providers), ({ name }) =>
        scriptedSend(({ body }) => {
          calls++
          return isFaulty(name, Number(/#(\d+);/.exec(String(body))?.[1])) ? DOWN : FINE
        }),
      )
      let possible = 0
      let answered = 0
      for (let n = 0; n < REQUESTS; n++) {
        router.advance(gapMs)
        const { status } = await router.ask(CLIENT, CLIENT.body({ text: `#${n}; hi` }))
        const isPossible = TARGETS.some((target) => !isFaulty(target, n))
        assert.ok(isPossible || status !== 200, 'an answer that nobody gave')
        if (isPossible) possible++
        if (status === 200) answered++
      }
      assert.ok(answered >= possible * least, `${answered} of ${possible}`)
      assert.ok(calls <= REQUESTS * 1.45, `${calls} calls`)
    })
  }
})
