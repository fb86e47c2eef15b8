import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ollamaBaseUrl } from '../../src/commands/ollama-host.ts'

const CASES: [given: string | undefined, url: string][] = [
  [undefined, 'http://127.0.0.1:11434'],
  ['', 'http://127.0.0.1:11434'],
  ['1.2.3.4', 'http://1.2.3.4:11434'],
  [':1234', 'http://127.0.0.1:1234'],
  ['1.2.3.4:', 'http://1.2.3.4:11434'],
  ['example.com', 'http://example.com:11434'],
  ['example.com:1234', 'http://example.com:1234'],
  ['example.com:66000', 'http://127.0.0.1:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['[::]', 'http://[::1]:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  ['http://1.2.3.4', 'http://1.2.3.4:80'],
  ['https://1.2.3.4', 'https://1.2.3.4:443'],
  ['http://1.2.3.4:4321', 'http://1.2.3.4:4321'],
  ['https://example.com/ollama/', 'https://example.com:443/ollama'],
  [' "1.2.3.4" ', 'http://1.2.3.4:11434'],
]

describe('ollamaBaseUrl', () => {
  for (const [given, url] of CASES) it(`makes ${url} of ${given}`, () => assert.equal(ollamaBaseUrl(given), url))
})
