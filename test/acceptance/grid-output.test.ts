// JSON output, ends and token counts from every kind of provider to every client dialect.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALL_KINDS } from '../helpers/fake-provider.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { at } from '../helpers/grid-json.ts'
import type { Json } from '../helpers/grid-json.ts'
import { GRID_ENV, askedIn, gridYaml, replyAs } from '../helpers/grid-provider.ts'
import type { GridReply, ProviderDialectName } from '../helpers/grid-provider.ts'
import type { GridAnswer, GridAsk, GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Received } from '../helpers/upstream.ts'

async function run(
  client: GridClient,
  kind: AnyKind,
  ask: GridAsk,
  reply: GridReply,
): Promise<{ answer: GridAnswer; received: Received }> {
  const upstream = await openUpstream((received) => replyAs(kind, received, reply))
  const router = await openRouter(gridYaml([{ name: 'any', kind, url: upstream.url }]), { env: GRID_ENV })
  const wire = await request(router.url + client.path, { body: client.body(ask), headers: client.headers })
  assert.equal(wire.status, 200, wire.text)
  const [received] = upstream.requests
  assert.ok(received !== undefined)
  return { answer: client.read(wire.text), received }
}

const SCHEMA: Json = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
}

/** Where each provider dialect has the schema. */
const SCHEMA_PLACES: Record<ProviderDialectName, string[]> = {
  chat: ['response_format', 'json_schema', 'schema'],
  responses: ['text', 'format', 'schema'],
  messages: ['output_config', 'format', 'schema'],
  gemini: ['generationConfig', 'responseJsonSchema'],
  ollama: ['format'],
}

/** What each client dialect says of an answer that was cut short or refused. Ollama has no word for a refusal. */
const STOPS: Record<GridClient['dialect'], { length: string; refusal: string }> = {
  chat: { length: 'length', refusal: 'content_filter' },
  responses: { length: 'incomplete: max_output_tokens', refusal: 'incomplete: content_filter' },
  messages: { length: 'max_tokens', refusal: 'refusal' },
  gemini: { length: 'MAX_TOKENS', refusal: 'SAFETY' },
  ollama: { length: 'length', refusal: 'stop' },
}

const USAGE = { input: 100, cached: 60, output: 50, reasoning: 20 }

/** The counts as each client dialect tells them: Messages has cached tokens apart, Gemini those of reasoning. */
const COUNTS: Record<GridClient['dialect'], (usage: typeof USAGE) => [path: string, count: number][]> = {
  chat: ({ input, cached, output, reasoning }) => [
    ['prompt_tokens', input],
    ['prompt_tokens_details.cached_tokens', cached],
    ['completion_tokens', output],
    ['completion_tokens_details.reasoning_tokens', reasoning],
    ['total_tokens', input + output],
  ],
  responses: ({ input, cached, output, reasoning }) => [
    ['input_tokens', input],
    ['input_tokens_details.cached_tokens', cached],
    ['output_tokens', output],
    ['output_tokens_details.reasoning_tokens', reasoning],
    ['total_tokens', input + output],
  ],
  messages: ({ input, cached, output, reasoning }) => [
    ['input_tokens', input - cached],
    ['cache_read_input_tokens', cached],
    ['cache_creation_input_tokens', 0],
    ['output_tokens', output],
    ['output_tokens_details.thinking_tokens', reasoning],
  ],
  gemini: ({ input, cached, output, reasoning }) => [
    ['promptTokenCount', input],
    ['cachedContentTokenCount', cached],
    ['candidatesTokenCount', output - reasoning],
    ['thoughtsTokenCount', reasoning],
    ['totalTokenCount', input + output],
  ],
  ollama: ({ input, output }) => [
    ['prompt_eval_count', input],
    ['eval_count', output],
  ],
}

for (const kind of ALL_KINDS) {
  describe(`provider ${kind}`, () => {
    for (const client of GRID_CLIENTS) {
      test(`${client.name}: a JSON schema arrives as it is, and the JSON comes back`, async () => {
        const text = '{"name":"Bob","age":3}'
        const { answer, received } = await run(client, kind, { text: 'Who?', schema: SCHEMA }, { text })
        const place = SCHEMA_PLACES[askedIn(kind, received)]
        assert.deepEqual(at(received.json, ...place), SCHEMA, JSON.stringify(received.json))
        assert.equal(answer.text, text)
      })

      test(`${client.name}: an answer that was cut short says so`, async () => {
        const { answer } = await run(
          client,
          kind,
          { text: 'Go', maxTokens: 20 },
          { text: 'One, two,', finish: 'length' },
        )
        assert.equal(answer.text, 'One, two,')
        assert.equal(answer.stop, STOPS[client.dialect].length)
      })

      // Ollama refuses in words only.
      if (kind !== 'ollama') {
        test(`${client.name}: a refusal says so`, async () => {
          const { answer } = await run(client, kind, { text: 'Go' }, { text: 'I will', finish: 'refusal' })
          assert.equal(answer.text, 'I will')
          assert.equal(answer.stop, STOPS[client.dialect].refusal)
        })
      }

      test(`${client.name}: token counts in the client's own terms`, async () => {
        const { answer } = await run(client, kind, { text: 'Go' }, { text: 'Gone.', usage: USAGE })
        // Ollama counts neither cached tokens nor those of reasoning.
        const expected = kind === 'ollama' ? { ...USAGE, cached: 0, reasoning: 0 } : USAGE
        for (const [path, count] of COUNTS[client.dialect](expected)) {
          assert.equal(at(answer.usage, ...path.split('.')) ?? 0, count, `${path} in ${JSON.stringify(answer.usage)}`)
        }
      })
    }
  })
}
