// A request may narrow what the policy allows, by headers and by the body's field `sage`; it never reaches a provider.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Received } from '../helpers/upstream.ts'

const FACTS = 'capabilities: [tools, vision, json, thinking], context: 200000'

/** Two providers, one of each dialect that the clients speak, and every body that reached them. */
async function bench(policies: string): Promise<{ router: TestRouter; received: Received[] }> {
  const received: Received[] = []
  const kinds = { chatty: 'openai-compatible', claude: 'anthropic' } as const
  const lines = await Promise.all(
    Object.entries(kinds).map(async ([name, kind]) => {
      const { url } = await openUpstream((each) => {
        received.push(each)
        return answerAs(kind, each, { text: 'fine' })
      })
      const base = kind === 'anthropic' ? url : `${url}/v1`
      const key = kind === 'anthropic' ? 'key: env:KEY, ' : ''
      const models = `models: { m: { ${FACTS}, tags: [${name}-tag], price: { input: 1, output: 5 } } }`
      return `  ${name}: { kind: ${kind}, base_url: "${base}", ${key}${models} }\n`
    }),
  )
  const text = `version: 1\nproviders:\n${lines.join('')}policies: ${policies}\n`
  return { router: await openRouter(text, { env: { KEY: 'k' } }), received }
}

for (const client of TEST_CLIENTS) {
  test(`${client.name}: headers and the body's field sage narrow the choice`, async () => {
    const { router, received } = await bench('{ auto: {}, back: { rules: [ { name: r, prefer: [claude/*] } ] } }')
    const modelOf = async (fields: Record<string, unknown>, headers: Record<string, string> = {}): Promise<unknown> => {
      const { status, headers: told } = await ask(router.url, client, fields, headers)
      return status === 200 ? told['x-sage-model'] : status
    }
    assert.equal(await modelOf({}), 'chatty/m')
    assert.equal(await modelOf({}, { 'x-sage-deny': 'chatty/*' }), 'claude/m')
    assert.equal(await modelOf({ sage: { deny: ['tag:chatty-tag'] } }), 'claude/m')
    assert.equal(await modelOf({}, { 'x-sage-policy': 'back' }), 'claude/m')
    assert.equal(await modelOf({ sage: { policy: 'back' } }), 'claude/m')
    assert.equal(await modelOf({}, { 'x-sage-max-price': '0.5' }), 400)
    assert.equal(await modelOf({ sage: { require: 'documents' } }), 400)
    assert.ok(received.length > 0)
    assert.ok(received.every(({ json }) => !Object.hasOwn(json, 'sage')))
    assert.ok(received.every(({ headers }) => Object.keys(headers).every((name) => !name.startsWith('x-sage-'))))
  })

  test(`${client.name}: what cannot be understood is the client's mistake, in its own dialect`, async () => {
    const { router, received } = await bench('{ auto: {} }')
    const wrong: [fields: Record<string, unknown>, headers: Record<string, string>, names: string][] = [
      [{}, { 'x-sage-max-price': 'much' + '!' }, 'x-sage-max-price'],
      [{}, { 'x-sage-max-price': 'gold' }, 'x-sage-max-price'],
      [{}, { 'x-sage-policy': 'nobody' }, 'x-sage-policy'],
      [{}, { 'x-sage-require': 'wings' }, 'x-sage-require'],
      [{ sage: { polcy: 'auto' } }, {}, 'sage.polcy'],
    ]
    for (const [fields, headers, names] of wrong) {
      const { status, text } = await ask(router.url, client, fields, headers)
      assert.equal(status, 400)
      assert.ok(client.readError(text).startsWith(names), text)
    }
    assert.equal(received.length, 0)
  })

  test(`${client.name}: a rule limits reasoning and the length of the answer, at either provider`, async () => {
    const rules = 'rules: [ { name: short, thinking: low, max_output: 3000 } ]'
    const { router, received } = await bench(`{ auto: { ${rules} } }`)
    const thinking =
      client.dialect === 'chat'
        ? { reasoning_effort: 'high', max_tokens: 50_000 }
        : { thinking: { type: 'enabled', budget_tokens: 30_000 }, max_tokens: 50_000 }
    for (const deny of ['claude/*', 'chatty/*']) {
      assert.equal((await ask(router.url, client, thinking, { 'x-sage-deny': deny })).status, 200)
    }
    const [chatty, claude] = received.map(({ json }) => json)
    assert.deepEqual(
      [chatty?.['reasoning_effort'], chatty?.['max_completion_tokens'] ?? chatty?.['max_tokens']],
      ['low', 3000],
    )
    assert.deepEqual([claude?.['thinking'], claude?.['max_tokens']], [{ type: 'enabled', budget_tokens: 1500 }, 3000])
  })
}

test('tags of a request and of models meet in rules', async () => {
  const rules = 'rules: [ { name: batch, when: { tags: [batch*] }, only: ["tag:claude-*"] } ]'
  const { router } = await bench(`{ auto: { ${rules} } }`)
  const [client] = TEST_CLIENTS
  if (client === undefined) return
  const answer = await ask(router.url, client, {}, { 'x-sage-tags': 'night,batch-7' })
  assert.deepEqual([answer.headers['x-sage-rule'], answer.headers['x-sage-model']], ['batch', 'claude/m'])
  const other = await ask(router.url, client, { metadata: { tags: 'batch' } })
  assert.equal(other.headers['x-sage-rule'], 'batch')
})
