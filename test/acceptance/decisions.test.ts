// A14, A16, A19: the headers of an answer tell of that request alone, intents hold over HTTP, and decisions repeat.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { runCli } from '../helpers/context.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FACTS = '{ capabilities: [tools, vision, json], context: 200000 }'

for (const client of TEST_CLIENTS) {
  test(`A14: ${client.name}: each of 20 answers at once has the headers of its own request`, async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `m${i}`)
    const upstream = await openUpstream(async (received) => {
      const id = String(received.json['model'])
      const number = Number(id.slice(1))
      await sleep((number * 7) % 20)
      if (number % 5 === 0) return { status: 500, text: 'x' }
      return answerAs('openai-compatible', received, { text: `I am ${id}` })
    })
    const models = ids.map((id) => `${id}: ${FACTS}`).join(', ')
    const router = await openRouter(
      [
        'version: 1\npolicies: { auto: { retry_wait_ms: 0 } }\nproviders:\n',
        `  one: { kind: openai-compatible, base_url: "${upstream.url}/v1", models: { ${models} } }\n`,
        'pins: { "one/m5": { fallback: [one/m6] }, "one/m10": { fallback: [one/m11] } }\n',
      ].join(''),
    )
    const prompts = ['hello', 'Write a poem about rain.', 'Fix the bug in this function: def f(): pass']
    const answers = await Promise.all(
      ids.map((id, i) =>
        ask(router.url, client, { model: id, messages: [{ role: 'user', content: prompts[i % prompts.length] }] }),
      ),
    )
    const intents = ['simple', 'creative', 'code']
    for (const [i, { status, headers, text }] of answers.entries()) {
      assert.equal(headers['x-sage-intent'], intents[i % prompts.length], `m${i}`)
      assert.equal(headers['x-sage-policy'], 'none')
      assert.equal(headers['x-sage-rule'], 'pin')
      if (i === 0 || i === 15) {
        assert.equal(status, 502)
        assert.ok(client.readError(text).includes(`one/m${i}`))
        assert.equal(headers['x-sage-model'], undefined)
        continue
      }
      const answered = i === 5 || i === 10 ? i + 1 : i
      assert.equal(client.readText(text), `I am m${answered}`)
      assert.equal(headers['x-sage-model'], `one/m${answered}`)
      assert.equal(headers['x-sage-fallback-from'], answered === i ? undefined : `m${i}`)
      assert.equal(headers['x-sage-attempts'], answered === i ? '1' : '2')
    }
    const decisions = answers.map(({ headers }) => headers['x-sage-decision-id'])
    assert.equal(new Set(decisions).size, 20)
    for (const event of router.requests()) {
      const answer = answers[decisions.indexOf(event.id)]
      assert.equal(answer?.headers['x-sage-model'], event.target, 'the log tells of the same request')
    }
  })
}

describe('A16', () => {
  const probes: [prompt: string, label: RegExp, system?: string][] = [
    ['I know that', /^(?:simple|general)$/],
    ['write a poem', /^creative$/],
    ['decode this base64', /^(?!code$)/],
    ['hi', /^simple$/, 'You edit every document. Summarize the document. Write code in Python.'],
    ['hi', /^simple$/],
    ['What is the capital of France?', /^(?:simple|general)$/],
    ['Translate to German: good morning', /^translate$/],
    ['Summarize the following text: …', /^summarize_extract$/],
    ['Fix the failing test in src/a.ts', /^code$/],
  ]
  for (const [prompt, label, system] of probes) {
    test(`A16: "${prompt}"${system === undefined ? '' : ' under a system prompt of other words'}`, async () => {
      const upstream = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
      const router = await openRouter(
        `version: 1\nproviders:\n  one: { kind: openai-compatible, base_url: "${upstream.url}/v1", models: { m: ${FACTS} } }\n`,
      )
      const intents = await Promise.all(
        TEST_CLIENTS.map(async (client) => {
          const user = { role: 'user', content: prompt }
          const said =
            system === undefined
              ? { messages: [user] }
              : client.dialect === 'chat'
                ? { messages: [{ role: 'system', content: system }, user] }
                : { system, messages: [user] }
          return String((await ask(router.url, client, said)).headers['x-sage-intent'])
        }),
      )
      assert.equal(new Set(intents).size, 1, `the same from every client: ${intents.join(' ')}`)
      assert.match(intents[0] ?? '', label)
    })
  }
})

test('A19: the same profile, health and prompt give the same ranking 50 times', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sage-test-'))
  try {
    const names = Array.from({ length: 12 }, (_, i) => `p${i}`)
    const providers = names.map((name) => `  ${name}: { kind: demo, models: { x: ${FACTS}, y: ${FACTS} } }\n`)
    const policies = 'policies: { auto: { ties: spread, weights: { latency: 2 } } }\n'
    const targets = Object.fromEntries(
      names.map((name, i) => [`${name}/x`, { state: 'closed', failures: i % 3, latencyMs: (i * 37) % 400 }]),
    )
    const [profile, health] = [join(folder, 'sage.yaml'), join(folder, 'health.json')]
    writeFileSync(profile, `version: 1\nproviders:\n${providers.join('')}${policies}`)
    writeFileSync(health, JSON.stringify({ targets, providers: { p3: { restingUntil: 9000, reason: 'rate_limit' } } }))
    const words = [
      'explain',
      '--json',
      '--profile',
      profile,
      '--health',
      health,
      '--now',
      '1000',
      '--seed',
      '7',
      'hello',
    ]
    const outputs = new Set<string>()
    for (let i = 0; i < 50; i++) {
      const { code, stdout, stderr } = await runCli(words, { now: () => i * 1e6, random: () => i / 50 })
      assert.equal(code, 0, stderr)
      outputs.add(stdout)
    }
    assert.equal(outputs.size, 1)
    const [only = ''] = outputs
    assert.match(only, /resting/)
    const other = await runCli(words.map((word) => (word === '7' ? '8' : word)))
    assert.notEqual(other.stdout, only, 'another seed spreads otherwise')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('A19: the server ranks as often as it is asked the same way while nothing was learnt', async () => {
  const upstream = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
  const names = ['c', 'a', 'b', 'z', 'k']
  const lines = names.map(
    (name) => `  ${name}: { kind: openai-compatible, base_url: "${upstream.url}/v1", models: { m: ${FACTS} } }\n`,
  )
  const router = await openRouter(`version: 1\nproviders:\n${lines.join('')}`)
  const [client] = TEST_CLIENTS
  assert.ok(client !== undefined)
  for (let i = 0; i < 50; i++) {
    await ask(router.url, client, { messages: [{ role: 'user', content: 'hello' }] }, { 'x-session-id': `s${i}` })
  }
  const chains = router.requests().map(({ decision }) => decision?.chain.map(({ provider }) => provider).join(' '))
  assert.deepEqual([...new Set(chains)], [names.join(' ')])
})
