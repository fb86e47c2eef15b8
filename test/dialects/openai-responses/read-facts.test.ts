import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { JsonSyntaxError } from '../../../src/lib/json-outline.ts'
import { BadRequest, type RequestFacts } from '../../../src/dialects/types.ts'
import { call, factsOf, image, outlineOf, result, said, tool, user, type Json } from './support.ts'

function facts(input: unknown, more: Json = {}): RequestFacts {
  return factsOf({ model: 'sage/auto', input, ...more })
}

describe('facts of a Responses body', () => {
  it('are those of a Codex loop', async () => {
    const path = new URL('../../fixtures/dialects/openai-responses/codex-loop.json', import.meta.url)
    const body = await readFile(path, 'utf8')
    const { inputTokens, toolsBytes, ...rest } = factsOf(body)
    const tools = outlineOf(body).span('tools')
    assert.equal(toolsBytes, (tools?.end ?? 0) - (tools?.start ?? 0))
    assert.ok(inputTokens > toolsBytes / 4 && inputTokens < body.length / 4)
    assert.deepEqual(rest, {
      model: 'sage/auto',
      stream: true,
      turn: 'Fix the typo, then ask a sub-agent to look at it.',
      previousTurn: '',
      firstTurn: 'Fix the typo, then ask a sub-agent to look at it.',
      system: 'You are a coding agent.\n<skills>none</skills>\n<apps>none</apps>',
      inToolLoop: true,
      tools: 4,
      toolForced: false,
      vision: true,
      liveVision: true,
      documents: false,
      json: 'none',
      thinking: 'unset',
      maxOutputTokens: 0,
      session: 'session-1',
    })
  })

  it('are there for a warm-up with an empty input', () => {
    assert.deepEqual(factsOf({ model: 'm', input: '', max_output_tokens: 1 }), {
      model: 'm',
      stream: false,
      turn: '',
      previousTurn: '',
      firstTurn: '',
      system: '',
      inToolLoop: false,
      tools: 0,
      toolForced: false,
      toolsBytes: 0,
      vision: false,
      liveVision: false,
      documents: false,
      json: 'none',
      thinking: 'unset',
      inputTokens: 1,
      maxOutputTokens: 1,
      session: '',
    })
  })

  for (const body of [{}, { input: null }, { input: [] }]) {
    it(`are there for ${JSON.stringify(body)}`, () => {
      assert.deepEqual([factsOf(body).turn, factsOf(body).inToolLoop], ['', false])
    })
  }

  it('take a plain input for the turn, and the instructions for the system prompt', () => {
    const found = facts('fix it', { instructions: 'Be brief.' })
    assert.deepEqual([found.turn, found.firstTurn, found.system], ['fix it', 'fix it', 'Be brief.'])
    const asked = facts([{ role: 'developer', content: 'Be kind.' }, user('hi')], { instructions: 'Be brief.' })
    assert.equal(asked.system, 'Be brief.\nBe kind.')
    assert.equal(facts('hi', { instructions: 'x'.repeat(3000) }).system.length, 2000)
  })

  it('have the last, the previous and the first human turn', () => {
    const found = facts([
      user('<environment_context>x</environment_context>'),
      user('one'),
      said('ok'),
      user('two'),
      said('ok'),
      user('three'),
      user('<environment_context>y</environment_context>'),
    ])
    assert.deepEqual([found.firstTurn, found.previousTurn, found.turn], ['one', 'two', 'three'])
  })

  it('keep head and tail of a long turn', () => {
    const { turn } = facts(`a${'x'.repeat(50_000)}b`)
    assert.equal(turn.length, 20_000)
    assert.ok(turn.startsWith('a') && turn.endsWith('b'))
  })

  const loops: [string, Json[], boolean][] = [
    ['an output', [user('go'), call('a', 'f', '{}'), result('a', 'x')], true],
    ['an output of a free-text tool', [{ type: 'custom_tool_call_output', call_id: 'a', output: 'x' }], true],
    ['an output of a shell', [{ type: 'local_shell_call_output', id: 'a', output: 'x' }], true],
    [
      'an output, then context and developer messages',
      [
        result('a', 'x'),
        user('<environment_context>x</environment_context>'),
        { role: 'developer', content: 'x' },
        { type: 'additional_tools', role: 'developer', tools: [] },
      ],
      true,
    ],
    ['a new turn', [result('a', 'x'), said('done'), user('next')], false],
    ['an answer', [result('a', 'x'), said('done')], false],
    ['a turn', [user('go')], false],
  ]
  for (const [title, items, expected] of loops) {
    it(`${expected ? 'are in a tool loop' : 'are in no tool loop'} after ${title}`, () => {
      assert.equal(facts(items).inToolLoop, expected)
    })
  }

  it('find items whose type or role comes late', () => {
    const found = facts([
      { content: [{ type: 'input_text', text: 'hi' }], role: 'user', type: 'message' },
      { call_id: 'a', output: 'x', type: 'function_call_output' },
    ])
    assert.deepEqual([found.turn, found.inToolLoop], ['hi', true])
    const long = { id: 'x'.repeat(500), type: 'message', role: 'user', content: 'hi' }
    assert.equal(facts([long]).turn, 'hi')
  })

  const media: [string, Json[], [vision: boolean, live: boolean, documents: boolean]][] = [
    ['an image in the last turn', [user('look', image())], [true, true, false]],
    ['an image before the last turn', [user('look', image()), said('ok'), user('thanks')], [true, false, false]],
    ['an image of a tool', [user('go'), call('a', 'f', '{}'), result('a', [image()])], [true, true, false]],
    [
      'an image of a tool in an earlier turn',
      [user('go'), call('a', 'f', '{}'), result('a', [image()]), user('thanks')],
      [true, false, false],
    ],
    ['an image in a message of its own', [user(image()), user('look')], [true, true, false]],
    ['a file', [user('read', { type: 'input_file', file_url: 'https://x.test/a.pdf' })], [false, false, true]],
    ['a file of an account', [user('read', { type: 'input_file', file_id: 'file-1' })], [false, false, false]],
    ['text that speaks of images', [user('"image_url" {"image_url":"x"}')], [false, false, false]],
    [
      'arguments with such a field',
      [{ ...call('a', 'f', '{}'), image_url: 'x' }, user({ type: 'input_text', text: 'x', image_url: 'x' })],
      [false, false, false],
    ],
  ]
  for (const [title, items, expected] of media) {
    it(`see ${title}`, () => {
      const found = facts(items)
      assert.deepEqual([found.vision, found.liveVision, found.documents], expected)
    })
  }

  it('do not count media as text', () => {
    const big = `data:image/png;base64,${'A'.repeat(400_000)}`
    assert.ok(facts([user('look', image(big))]).inputTokens < 100)
  })

  it('count functions, free-text tools and what is in namespaces', () => {
    const tools = [
      tool('f'),
      { type: 'custom', name: 'g' },
      { type: 'namespace', name: 'ns', tools: [tool('h'), { type: 'custom', name: 'i' }] },
      { name: 'late', type: 'function' },
      { type: 'web_search' },
    ]
    assert.equal(facts('hi', { tools }).tools, 5)
    const added = { type: 'additional_tools', role: 'developer', tools: [tool('j'), { type: 'web_search' }] }
    assert.equal(facts([user('hi'), added], { tools }).tools, 6)
    const late = { role: 'developer', tools: [tool('j')], type: 'additional_tools' }
    assert.equal(facts([user('hi'), late], { tools }).tools, 6)
  })

  it('know when a tool is forced', () => {
    const forced = (choice: unknown, tools: Json[] = [tool('f')]): boolean =>
      facts('hi', { tools, tool_choice: choice }).toolForced
    assert.deepEqual(
      [
        forced('auto'),
        forced('required'),
        forced({ type: 'function', name: 'f' }),
        forced({ type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }] }),
        forced({ type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] }),
        forced('required', []),
      ],
      [false, true, true, true, false, false],
    )
  })

  it('know the format, the reasoning and the limit', () => {
    const found = facts('hi', {
      text: { format: { type: 'json_schema', name: 'x', schema: { type: 'object' } } },
      reasoning: { effort: 'low' },
      max_output_tokens: 99,
    })
    assert.deepEqual([found.json, found.thinking, found.maxOutputTokens], ['schema', 'on', 99])
    const off = facts('hi', { text: { format: { type: 'json_object' } }, reasoning: { effort: 'none' } })
    assert.deepEqual([off.json, off.thinking], ['object', 'off'])
  })

  const sessions: [Json, string][] = [
    [{ prompt_cache_key: 'key', client_metadata: { session_id: 's' }, user: 'u' }, 'key'],
    [{ client_metadata: { session_id: 's', thread_id: 't' }, user: 'u' }, 's'],
    [{ client_metadata: { thread_id: 't' } }, 't'],
    [{ conversation: 'conv_1' }, 'conv_1'],
    [{ conversation: { id: 'conv_2' } }, 'conv_2'],
    [{ user: 'u' }, 'u'],
    [{}, ''],
  ]
  for (const [more, expected] of sessions) {
    it(`name the session '${expected}' by ${JSON.stringify(more)}`, () => {
      assert.equal(facts('hi', more).session, expected)
    })
  }

  it('are refused for what cannot be a request', () => {
    const isBad = (param: string) => (error: unknown) => error instanceof BadRequest && error.param === param
    assert.throws(() => facts(5), isBad('input'))
    assert.throws(() => facts({}), isBad('input'))
    assert.throws(() => facts([user('a'), 'b']), isBad('input.1'))
    assert.throws(() => factsOf({ model: 5, input: 'hi' }), isBad('model'))
    assert.throws(() => factsOf('{"input": "hi'), JsonSyntaxError)
  })

  it('do not parse what they do not need', () => {
    // A bad escape, in an item that says by its head what it is: only whole parsing would find it.
    const padding = 'x'.repeat(20_000)
    const body = `{"model":"m","input":[
      {"type":"function_call","call_id":"a","name":"f","arguments":"\\q${padding}"},
      {"type":"function_call_output","call_id":"a","output":"\\q"},
      {"type":"message","role":"user","content":"go"}],
      "tools":[{"type":"function","name":"f","description":"\\q"}]}`
    const found = factsOf(body)
    assert.deepEqual([found.turn, found.tools], ['go', 1])
  })
})
