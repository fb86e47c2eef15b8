// A message that says nothing but what only its own dialect can say: no other model answers to something else instead.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_ENV, gridYaml, replyAs } from '../helpers/grid-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

interface Case {
  path: string
  /** Speaks the client's dialect. */
  own: AnyKind
  body: Record<string, unknown>
  names: RegExp
}

const audio = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }
const user = (content: unknown): unknown[] => [{ role: 'user', content }]

const CASES: readonly Case[] = [
  {
    path: '/v1/chat/completions',
    own: 'openai-compatible',
    body: { messages: user([audio]) },
    names: /messages\.0\.content: input_audio/,
  },
  { path: '/v1/responses', own: 'openai', body: { input: user([audio]) }, names: /input\.0\.content: input_audio/ },
  {
    path: '/v1/messages',
    own: 'anthropic',
    body: { max_tokens: 9, messages: user([{ type: 'container_upload', file_id: 'f' }]) },
    names: /messages\.0\.content: container_upload/,
  },
  {
    path: '/v1beta/models/auto:generateContent',
    own: 'gemini',
    body: { contents: [{ role: 'user', parts: [{ executableCode: { code: '1' } }] }] },
    names: /contents\.0\.parts: executableCode/,
  },
  {
    path: '/api/chat',
    own: 'ollama',
    body: { messages: user([audio]), stream: false },
    names: /messages\.0\.content: input_audio/,
  },
]

for (const { path, own, body, names } of CASES) {
  const other: AnyKind = own === 'anthropic' ? 'openai-compatible' : 'anthropic'
  const asked = { ...(path.startsWith('/v1beta') ? {} : { model: 'sage/auto' }), ...body }

  test(`${path}: no provider of another dialect is asked`, async () => {
    const upstream = await openUpstream((received) => replyAs(other, received, { text: 'what?' }))
    const router = await openRouter(gridYaml([{ name: 'a', kind: other, url: upstream.url }]), { env: GRID_ENV })
    const answer = await request(router.url + path, { body: asked })
    assert.equal(answer.status, 400, answer.text)
    assert.match(answer.text, names)
    assert.equal(upstream.requests.length, 0)
  })

  test(`${path}: one of its own dialect is, even when another would come first`, async () => {
    const a = await openUpstream((received) => replyAs(other, received, { text: 'what?' }))
    const b = await openUpstream((received) => replyAs(own, received, { text: 'heard' }))
    const router = await openRouter(
      gridYaml([
        { name: 'a', kind: other, url: a.url },
        { name: 'b', kind: own, url: b.url },
      ]),
      { env: GRID_ENV },
    )
    const answer = await request(router.url + path, { body: asked })
    assert.equal(answer.status, 200, answer.text)
    assert.match(answer.text, /heard/)
    assert.deepEqual([a.requests.length, b.requests.length], [0, 1])
  })
}
