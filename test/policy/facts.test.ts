import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createFacts } from '../../src/policy/facts.ts'
import { facts } from './helpers.ts'

it('facts take the dialect, the client and the harmless headers', () => {
  const { dialect: _dialect, client: _client, headers: _headers, ...request } = facts({ turn: 'hi' })
  const headers = {
    'User-Agent': 'pi/0.7',
    'X-Team': 'red',
    Authorization: 'Bearer canary',
    'x-api-key': 'canary',
    Cookie: 'canary',
  }
  const made = createFacts(request, { dialect: 'ollama-chat', headers })
  // Without a prototype: a header named `__proto__` is a header.
  assert.equal(Object.getPrototypeOf(made.headers), null)
  assert.deepEqual(
    { ...made, headers: { ...made.headers } },
    {
      ...request,
      dialect: 'ollama-chat',
      client: 'pi/0.7',
      headers: { 'user-agent': 'pi/0.7', 'x-team': 'red' },
    },
  )
  assert.equal(createFacts(request, { dialect: 'ollama-chat', headers: {} }).client, '')
})
