// A17: an agent's loop stays where it began, unless that place fails; then it stays where it went.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import type { TestClient } from '../helpers/clients.ts'
import { runCli } from '../helpers/context.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import type { Answered } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Handler } from '../helpers/upstream.ts'

/** Bodies of an agent's calls: after each the answer and a tool's result are added. */
class Agent {
  readonly #client: TestClient
  readonly #messages: unknown[]
  readonly #tools: unknown[]
  #calls = 0

  constructor(client: TestClient, task: string) {
    this.#client = client
    this.#messages = [{ role: 'user', content: task }]
    const schema = { type: 'object', properties: { cmd: { type: 'string' } } }
    this.#tools =
      client.dialect === 'chat'
        ? [{ type: 'function', function: { name: 'shell', parameters: schema } }]
        : [{ name: 'shell', input_schema: schema }]
  }

  /** Calls the model and takes its answer for a tool call that was carried out. */
  async step(router: TestRouter, headers: Record<string, string> = {}): Promise<Answered> {
    const answer = await ask(
      router.url,
      this.#client,
      { model: 'sage/auto', messages: this.#messages, tools: this.#tools },
      headers,
    )
    if (answer.status === 200) {
      this.#client.readText(answer.text)
      this.#addToolTurn(`call_${this.#calls++}`)
    }
    return answer
  }

  /** The human says something more. */
  say(text: string): void {
    this.#messages.push({ role: 'assistant', content: 'Done.' }, { role: 'user', content: text })
  }

  #addToolTurn(id: string): void {
    if (this.#client.dialect === 'chat') {
      const call = { id, type: 'function', function: { name: 'shell', arguments: '{"cmd":"ls"}' } }
      this.#messages.push({ role: 'assistant', content: null, tool_calls: [call] })
      this.#messages.push({ role: 'tool', tool_call_id: id, content: `output of ${id}` })
      return
    }
    this.#messages.push({ role: 'assistant', content: [{ type: 'tool_use', id, name: 'shell', input: { cmd: 'ls' } }] })
    this.#messages.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content: `output of ${id}` }],
    })
  }
}

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })

/** Providers a, b, c at fakes; equal but for what `settings` says of policy auto. */
async function bench(handlers: readonly Handler[], settings: string): Promise<TestRouter> {
  const lines = await Promise.all(
    handlers.map(async (handler, i) => {
      const { url } = await openUpstream(handler)
      const facts = '{ capabilities: [tools, vision, json], context: 200000 }'
      return `  ${'abc'[i]}: { kind: openai-compatible, base_url: "${url}/v1", models: { m: ${facts} } }\n`
    }),
  )
  return openRouter(`version: 1\nproviders:\n${lines.join('')}policies: { auto: { ${settings} } }\n`)
}

/** The first model of the profile has the first place, whatever was measured. */
const IN_ORDER = 'rules: [ { name: all, prefer: [a/m, b/m] } ]'
const TASK = 'Fix the failing unit test in src/parser.ts and run the tests.'
const modelOf = (answer: Answered): unknown => answer.headers['x-sage-model']
const isSticky = (answer: Answered): boolean => answer.headers['x-sage-sticky'] === 'true'

for (const client of TEST_CLIENTS) {
  describe(client.name, () => {
    test('A17: ten calls of a loop stay on one model although ties would be spread', async () => {
      const router = await bench([fine, fine, fine], 'ties: spread, weights: { latency: 0 }')
      const agent = new Agent(client, TASK)
      const answers: Answered[] = []
      for (let i = 0; i < 10; i++) answers.push(await agent.step(router))
      assert.equal(new Set(answers.map(modelOf)).size, 1, answers.map(modelOf).join(' '))
      assert.deepEqual(answers.map(isSticky), [false, ...Array.from({ length: 9 }, () => true)])
      // The test has teeth: other sessions are spread.
      const others = await Promise.all(
        Array.from({ length: 20 }, (_, i) => new Agent(client, `Task ${i}`).step(router)),
      )
      assert.ok(new Set(others.map(modelOf)).size > 1)
    })

    test('A17: when its model fails the loop moves, and stays on the new one', async () => {
      let broken = false
      const router = await bench(
        [(received, n) => (broken ? { status: 500, text: 'x' } : fine(received, n)), fine, fine],
        IN_ORDER,
      )
      const agent = new Agent(client, TASK)
      for (let i = 0; i < 3; i++) assert.equal(modelOf(await agent.step(router)), 'a/m')
      broken = true
      const moved = await agent.step(router)
      assert.equal(moved.status, 200)
      assert.equal(modelOf(moved), 'b/m')
      assert.equal(moved.headers['x-sage-attempts'], '3', 'the old one was asked once more')
      broken = false
      router.advance(600_000)
      for (let i = 0; i < 5; i++) {
        const answer = await agent.step(router)
        assert.equal(modelOf(answer), 'b/m', 'it does not go back')
        assert.ok(isSticky(answer))
        assert.equal(answer.headers['x-sage-attempts'], '1')
      }
      assert.equal(modelOf(await new Agent(client, 'New task').step(router)), 'a/m')
    })

    test('A17: a session left alone for more than an hour starts afresh', async () => {
      let broken = false
      const router = await bench(
        [(received, n) => (broken ? { status: 500, text: 'x' } : fine(received, n)), fine],
        IN_ORDER,
      )
      const agent = new Agent(client, TASK)
      broken = true
      assert.equal(modelOf(await agent.step(router)), 'b/m')
      broken = false
      router.advance(3_500_000)
      assert.equal(modelOf(await agent.step(router)), 'b/m')
      router.advance(3_700_000)
      const answer = await agent.step(router)
      assert.equal(modelOf(answer), 'a/m')
      assert.equal(isSticky(answer), false)
    })

    test('A17: two sessions of one task are told apart by the client’s session id', async () => {
      let broken = false
      const router = await bench(
        [(received, n) => (broken ? { status: 500, text: 'x' } : fine(received, n)), fine],
        IN_ORDER,
      )
      const [one, two] = [new Agent(client, TASK), new Agent(client, TASK)]
      assert.equal(modelOf(await one.step(router, { 'x-session-id': 'one' })), 'a/m')
      broken = true
      assert.equal(modelOf(await two.step(router, { 'x-session-id': 'two' })), 'b/m')
      broken = false
      assert.equal(modelOf(await one.step(router, { 'x-session-id': 'one' })), 'a/m')
      assert.equal(modelOf(await two.step(router, { 'x-session-id': 'two' })), 'b/m')
    })

    test('A17: a new human turn under another rule may go elsewhere, and the loop inside it stays there', async () => {
      const rules =
        'rules: [ { name: code, when: { intent: code }, prefer: [a/m] }, { name: poems, when: { intent: creative }, prefer: [b/m] } ]'
      const router = await bench([fine, fine], rules)
      const agent = new Agent(client, TASK)
      assert.equal(modelOf(await agent.step(router)), 'a/m')
      assert.equal(modelOf(await agent.step(router)), 'a/m')
      agent.say('Write a poem about the sea.')
      assert.equal(modelOf(await agent.step(router)), 'b/m')
      const answer = await agent.step(router)
      assert.equal(modelOf(answer), 'b/m')
      assert.ok(isSticky(answer))
    })
  })
}

for (const client of TEST_CLIENTS.filter(({ stream }) => stream)) {
  test(`${client.name}: A17: it stays although another model has become faster and would win by its score`, async () => {
    let isSlow = false
    const slowing: Handler = async (received, n) => {
      if (isSlow) router.advance(2000)
      return fine(received, n)
    }
    const router = await bench(
      [slowing, fine],
      'weights: { latency: 1000, order: 0, locality: 0, price: 0, health: 0 }',
    )
    const agent = new Agent(client, TASK)
    assert.equal(modelOf(await agent.step(router)), 'a/m')
    assert.equal(modelOf(await ask(router.url, client, { model: 'b/m' })), 'b/m', 'the other one is measured, too')
    isSlow = true
    for (let i = 0; i < 9; i++) {
      const answer = await agent.step(router)
      assert.equal(modelOf(answer), 'a/m')
      assert.ok(isSticky(answer))
    }
    assert.equal(modelOf(await new Agent(client, 'Another task').step(router)), 'b/m', 'a new session goes elsewhere')
  })
}

test('A17: explain says that the session’s model is kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sage-test-'))
  try {
    const profile = join(folder, 'sage.yaml')
    writeFileSync(
      profile,
      'version: 1\nproviders: { a: { kind: demo, models: [m] }, b: { kind: demo, models: [m] } }\n',
    )
    const words = ['explain', '--profile', profile, 'Fix the failing test']
    const plain = await runCli(words)
    assert.equal(plain.code, 0, plain.stderr)
    assert.doesNotMatch(plain.stdout, /sticky/i)
    const sticky = await runCli([...words, '--affinity', 'b/m@default'])
    assert.match(sticky.stdout, /sticky: b\/m/)
    const json = await runCli([...words, '--affinity', 'b/m@default', '--json'])
    const text = JSON.stringify(JSON.parse(json.stdout))
    assert.match(text, /"sticky":true/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
