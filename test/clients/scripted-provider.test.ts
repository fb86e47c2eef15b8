import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PROVIDER_KINDS } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import type { Received } from '../helpers/upstream.ts'
import { finalText, scriptedProvider, toolResults } from './scripted-provider.ts'

const NOTE = 'proof-0123'
const SCHEMA = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }

function request(json: Record<string, unknown>): Received {
  return { method: 'POST', path: '/', headers: {}, body: Buffer.alloc(0), json: { model: 'm', ...json } }
}

function tools(kind: FakeKind, ...names: string[]): unknown[] {
  return names.map((name) => {
    return kind === 'anthropic' ? { name, input_schema: SCHEMA } : { function: { name, parameters: SCHEMA } }
  })
}

function result(kind: FakeKind, text: string): unknown {
  if (kind !== 'anthropic') return { role: 'tool', content: text }
  return { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text }] }] }
}

describe('scripted provider', () => {
  for (const kind of PROVIDER_KINDS) {
    const answer = async (json: Record<string, unknown>): Promise<string> =>
      JSON.stringify(await scriptedProvider(kind, NOTE, '/work/note.txt')(request(json), 0))

    it(`${kind}: calls the shell tool, whatever else there is`, async () => {
      const text = await answer({ tools: tools(kind, 'edit', 'Read', 'Bash') })
      assert.match(text, /"Bash"/)
      assert.match(text, /The shell can show it/)
      assert.match(text, /cat \/work\/note\.txt/)
    })

    it(`${kind}: reads the file when there is no shell tool`, async () => {
      assert.match(await answer({ tools: tools(kind, 'edit', 'read_file') }), /"read_file"/)
    })

    it(`${kind}: answers a call without tools with a title`, async () => {
      for (const json of [{}, { tools: [] }]) assert.match(await answer(json), /A short title/)
    })

    it(`${kind}: tells what the tool said, and does not ask again when that is not the note`, async () => {
      const offered = tools(kind, 'bash')
      const good = await answer({ tools: offered, messages: [result(kind, `${NOTE}\n`)] })
      assert.ok(good.includes(finalText(NOTE)))
      const bad = await answer({ tools: offered, messages: [result(kind, 'no such file')] })
      assert.match(bad, /did not show the note/)
    })

    it(`${kind}: finds the note in results only`, () => {
      assert.equal(toolResults({ messages: [{ role: 'user', content: NOTE }] }), '')
      assert.ok(toolResults({ messages: [result(kind, NOTE)] }).includes(NOTE))
    })
  }
})
