import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ProviderKind } from '../../src/profile/types.ts'
import { splitBaseUrl } from '../../src/providers/base-url.ts'
import { KINDS } from '../../src/providers/kinds.ts'

const CASES: readonly [kind: ProviderKind, url: string, called: string][] = [
  ['openai-compatible', 'https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
  ['openai-compatible', 'https://api.openai.com/v1/', 'https://api.openai.com/v1/chat/completions'],
  ['openai-compatible', 'http://127.0.0.1:8000', 'http://127.0.0.1:8000/v1/chat/completions'],
  ['openai-compatible', 'http://127.0.0.1:8000/', 'http://127.0.0.1:8000/v1/chat/completions'],
  ['openai-compatible', 'https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1/chat/completions'],
  ['openai-compatible', 'https://x.example/api//', 'https://x.example/api/chat/completions'],
  ['openai-compatible', 'https://x.example/v1/chat/completions', 'https://x.example/v1/chat/completions'],
  ['openai-compatible', 'https://x.example/v1?a=b#c', 'https://x.example/v1/chat/completions'],
  ['anthropic', 'https://api.anthropic.com', 'https://api.anthropic.com/v1/messages'],
  ['anthropic', 'https://api.anthropic.com/v1', 'https://api.anthropic.com/v1/messages'],
  ['anthropic', 'https://api.anthropic.com/v1/', 'https://api.anthropic.com/v1/messages'],
  ['anthropic', 'https://x.example/claude/v1/messages', 'https://x.example/claude/v1/messages'],
  ['ollama', 'http://127.0.0.1:11434', 'http://127.0.0.1:11434/api/chat'],
  ['ollama', 'http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/api/chat'],
  ['ollama', 'http://127.0.0.1:11434/api/', 'http://127.0.0.1:11434/api/chat'],
  ['ollama', 'https://x.example/ollama', 'https://x.example/ollama/api/chat'],
]

for (const [kind, url, called] of CASES) {
  test(`${kind} at ${url}`, () => {
    const { origin, basePath } = splitBaseUrl(KINDS[kind], url)
    assert.equal(origin + basePath + KINDS[kind].endpoints[0].path, called)
  })
}

test('whatever the path, it has no slash at its end, and splitting again changes nothing', () => {
  const kind = fc.constantFrom<ProviderKind>('openai-compatible', 'anthropic', 'ollama')
  const part = fc.constantFrom('', 'v1', 'api', 'proxy', 'v1beta')
  fc.assert(
    fc.property(kind, fc.array(part, { maxLength: 5 }), fc.nat({ max: 4 }), (name, parts, slashes) => {
      const first = splitBaseUrl(KINDS[name], `http://host:1${['', ...parts].join('/')}${'/'.repeat(slashes)}`)
      assert.doesNotMatch(first.basePath, /\/$/)
      const full = splitBaseUrl(KINDS[name], first.origin + first.basePath + KINDS[name].endpoints[0].path)
      assert.deepEqual(full, first)
    }),
  )
})

test('what is no http(s) URL throws', () => {
  for (const url of ['', 'api.openai.com', 'ftp://x', 'file:///etc/passwd']) {
    assert.throws(() => splitBaseUrl(KINDS['openai-compatible'], url), TypeError)
  }
})
