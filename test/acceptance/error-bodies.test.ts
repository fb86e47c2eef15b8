// A provider that speaks the client's dialect, but whose words about a client's mistake are none of that dialect.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { errorBody } from '../helpers/grid-faults.ts'
import { GRID_ENV, gridYaml } from '../helpers/grid-provider.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const KINDS: Readonly<Record<GridClient['dialect'], AnyKind>> = {
  chat: 'openai-compatible',
  responses: 'openai',
  messages: 'anthropic',
  gemini: 'gemini',
  ollama: 'ollama',
}

/** Bodies of status 400, and what of them the client must hear. */
const BODIES: readonly { body: unknown; says?: RegExp }[] = [
  { body: null },
  { body: [] },
  { body: {} },
  { body: 'no' },
  { body: { error: null } },
  { body: { error: { message: 42 } } },
  { body: { error: { message: '' } } },
  { body: { error: '' } },
  // Gemini's endpoint for OpenAI clients. No Ollama says so, and nothing is looked for there.
  { body: [{ error: { code: 400, message: 'in a list', status: 'INVALID_ARGUMENT' } }], says: /in a list|HTTP 400/ },
  // vLLM before 0.10.
  { body: { object: 'error', message: 'at the top', type: 'BadRequestError', code: 400 }, says: /at the top/ },
]

async function ask(client: GridClient, body: unknown): Promise<{ status: number; text: string }> {
  const upstream = await openUpstream(() => ({ status: 400, json: body }))
  const kind = KINDS[client.dialect]
  const router = await openRouter(gridYaml([{ name: 'a', kind, url: upstream.url }]), { env: GRID_ENV })
  const { path, headers } = client
  return request(router.url + path, { headers, body: client.body({ text: 'hi' }) })
}

for (const client of GRID_CLIENTS) {
  describe(client.name, () => {
    for (const { body, says = /./ } of BODIES) {
      test(`${JSON.stringify(body)} becomes an error of the client's dialect`, async () => {
        const { status, text } = await ask(client, body)
        assert.equal(status, 400)
        assert.match(client.readError(text), says)
      })
    }

    test('an error of its own dialect comes as it is', async () => {
      const body = errorBody(client.dialect, 400, 'too hot')
      assert.deepEqual(JSON.parse((await ask(client, body)).text), body)
    })
  })
}
