// Names of tools that a provider refuses: it is told others, and the client never hears of them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answerAs, providerYaml, type AnyKind } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const NAME = 'files/read.file'
const KINDS: readonly AnyKind[] = ['openai-compatible', 'openai', 'anthropic', 'gemini']

interface Client {
  path: string
  body: (stream: boolean) => Record<string, unknown>
}

const SCHEMA = { type: 'object', properties: {} }
const HISTORY = { id: 'call_0', name: NAME, arguments: '{}' }
const CLIENTS: Readonly<Record<string, Client>> = {
  'Chat Completions': {
    path: '/v1/chat/completions',
    body: (stream) => ({
      model: 'any/m',
      stream,
      tools: [{ type: 'function', function: { name: NAME, parameters: SCHEMA } }],
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_0', type: 'function', function: HISTORY }] },
        { role: 'tool', tool_call_id: 'call_0', content: 'ok' },
      ],
    }),
  },
  Ollama: {
    path: '/api/chat',
    body: (stream) => ({
      model: 'any/m',
      stream,
      tools: [{ type: 'function', function: { name: NAME, parameters: SCHEMA } }],
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content: '', tool_calls: [{ function: { name: NAME, arguments: {} } }] },
        { role: 'tool', tool_name: NAME, content: 'ok' },
      ],
    }),
  },
}

for (const [client, { path, body }] of Object.entries(CLIENTS)) {
  for (const kind of KINDS) {
    // Bytes pass through between those.
    if (client === 'Chat Completions' && kind.startsWith('openai')) continue
    describe(`a client of ${client} and a provider of kind ${kind}`, () => {
      for (const stream of [false, true]) {
        test(stream ? 'streamed' : 'whole', async () => {
          const upstream = await openUpstream((received) => {
            const name = /"(files_read[\w.]*)"/.exec(received.body.toString('utf8'))?.[1] ?? ''
            return answerAs(kind, received, { toolCalls: [{ id: 'call_1', name, arguments: { x: 1 } }] })
          })
          const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
          const { url } = await openRouter(yaml, { env: { TEST_KEY: 'k' } })
          const answer = await request(url + path, { body: body(stream) })
          assert.equal(answer.status, 200, answer.text)
          assert.ok(!upstream.requests[0]?.body.toString('utf8').includes(NAME), 'the provider never sees it')
          assert.ok(answer.text.includes(`"${NAME}"`), answer.text)
          assert.ok(!answer.text.includes('files_read'), answer.text)
        })
      }
    })
  }
}
