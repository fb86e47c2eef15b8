// The router has tried what there is to try: official SDKs, which retry failures by themselves, must not begin anew.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { providerYaml } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Reply } from '../helpers/upstream.ts'

const FAULTS: Readonly<Record<string, Reply>> = {
  'status 429': { status: 429, json: { error: { message: 'slow down', code: 'rate_limit_exceeded' } } },
  'status 429 with a delay': { status: 429, headers: { 'retry-after': '2' }, json: { error: { message: 'slow' } } },
  'a spent quota': {
    status: 429,
    json: { error: { message: 'x', type: 'insufficient_quota', code: 'insufficient_quota' } },
  },
  'status 500': { status: 500, json: { error: { message: 'oops' } } },
  'status 529': { status: 529, json: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } },
  'a request that is too long, as status 500': {
    status: 500,
    json: { error: { message: "This model's maximum context length is 10 tokens." } },
  },
  'a timeout': { status: 408, json: { error: { message: 'timed out' } } },
  'a reset': { fault: 'reset' },
  'an empty answer': { text: '' },
}

type Ask = (url: string, stream: boolean) => Promise<unknown>

const PROMPT = [{ role: 'user' as const, content: 'hello' }]
const SDKS: Readonly<Record<string, Ask>> = {
  'openai, Chat Completions': async (url, stream) => {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x' })
    return client.chat.completions.create({ model: 'any/m', messages: PROMPT, stream })
  },
  'openai, Responses': async (url, stream) => {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x' })
    return client.responses.create({ model: 'any/m', input: 'hello', store: false, stream })
  },
  '@anthropic-ai/sdk': async (url, stream) => {
    const client = new Anthropic({ baseURL: url, apiKey: 'x' })
    return client.messages.create({ model: 'any/m', max_tokens: 10, messages: PROMPT, stream })
  },
}

for (const [sdk, ask] of Object.entries(SDKS)) {
  for (const stream of [false, true]) {
    describe(`${sdk}, ${stream ? 'streamed' : 'whole'}`, () => {
      for (const [fault, reply] of Object.entries(FAULTS)) {
        for (const kind of ['openai-compatible', 'anthropic'] as const) {
          test(`asks once when the only provider of kind ${kind} gives ${fault}`, async () => {
            const upstream = await openUpstream(() => reply)
            const yaml = `version: 1\npolicies: { auto: { retry_wait_ms: 0 } }\nproviders:\n${providerYaml('any', kind, upstream.url)}`
            const router = await openRouter(yaml, { env: { TEST_KEY: 'k' } })
            await assert.rejects(ask(router.url, stream))
            assert.equal(upstream.requests.length, 1)
            assert.equal(router.requests().length, 1)
          })
        }
      }
    })
  }
}
