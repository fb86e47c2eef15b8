import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessDialect } from '../../src/server/client-dialect.ts'
import { findRoute } from '../../src/server/routes.ts'

/** What a path leads to, in words. */
function routeOf(target: string): string | undefined {
  const route = findRoute(target)
  if (route === undefined) return undefined
  const dialect = 'dialect' in route ? ` ${route.dialect}` : ''
  const id = route.type === 'model' ? ` ${JSON.stringify(route.id)}` : ''
  return `${route.method} ${route.type}${dialect}${id}`
}

const FOUND: [target: string, route: string][] = [
  ['/v1/chat/completions', 'POST chat openai-chat'],
  ['/chat/completions', 'POST chat openai-chat'],
  ['/v1/messages', 'POST chat anthropic-messages'],
  ['/messages', 'POST chat anthropic-messages'],
  ['/v1/messages?beta=true', 'POST chat anthropic-messages'],
  ['/v1/messages/count_tokens', 'POST count_tokens anthropic-messages'],
  ['/v1/messages/count_tokens?beta=true', 'POST count_tokens anthropic-messages'],
  ['/v1/models', 'GET models'],
  ['/models', 'GET models'],
  ['/v1/models?limit=1000', 'GET models'],
  ['/v1/models/ollama%2Fqwen3%3A8b', 'GET model "ollama/qwen3:8b"'],
  ['/v1/models/ollama/qwen3:8b', 'GET model "ollama/qwen3:8b"'],
  ['/models/sage/auto', 'GET model "sage/auto"'],
  ['/v1/models/%C3%BC', 'GET model "ü"'],
  ['/healthz', 'GET health'],
  ['/', 'GET about'],
  ['/v1', 'GET about'],
  ['/v1/', 'GET about'],
]
for (const [target, route] of FOUND) {
  test(`routes: ${target}`, () => {
    assert.equal(routeOf(target), route)
  })
}

const MISSING = [
  '',
  '*',
  'http://127.0.0.1/v1/models',
  '//v1/models',
  '/v1//models',
  '/v1/v1/models',
  '/V1/models',
  '/v1/chat/completions/',
  '/v1/chat/completions/x',
  '/v1/chat',
  '/v1/models/',
  '/v1/models/%',
  '/v1/models/%ff',
  '/v1/../healthz',
  '/%68ealthz',
  '/healthz/x',
  '/config',
  '/v1/config',
  '/profile',
  '/admin',
  '/reload',
  '/shutdown',
  '/toString',
  '/__proto__',
  '/constructor',
]
for (const target of MISSING) {
  test(`routes: "${target}" leads nowhere`, () => {
    assert.equal(routeOf(target), undefined)
  })
}

test('routes: only requests to a model take a body, nothing takes PUT, PATCH or DELETE', () => {
  for (const [target] of FOUND) {
    const route = findRoute(target)
    assert.ok(route !== undefined)
    assert.equal(route.method, 'dialect' in route ? 'POST' : 'GET')
  }
})

const GUESSES: [headers: Record<string, string>, path: string, dialect: string][] = [
  [{}, '/nothing', 'openai-chat'],
  [{}, '/v1/messages/nothing', 'anthropic-messages'],
  [{ 'anthropic-version': '2023-06-01' }, '/v1/models', 'anthropic-messages'],
  [{ 'x-api-key': 'k' }, '/v1/models', 'openai-chat'],
]
for (const [headers, path, dialect] of GUESSES) {
  test(`routes: an error at ${path} with ${Object.keys(headers).join() || 'no header'} is one of ${dialect}`, () => {
    assert.equal(guessDialect(headers, path).id, dialect)
  })
}
