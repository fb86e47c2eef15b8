import assert from 'node:assert/strict'

// The rules by which the real API refuses a request, as far as an encoder can break them.

type Block = Record<string, unknown> & { type: string }
interface Turn {
  role: string
  content: Block[]
}

/** Throws when the API would refuse the body. `limit` is the model's output limit in tokens. */
export function assertAccepted(body: Record<string, unknown>, limit: number | undefined): void {
  const messages = body['messages'] as Turn[]
  assert.ok(messages.length > 0, 'no messages')
  messages.forEach((turn, at) => assert.equal(turn.role, at % 2 === 0 ? 'user' : 'assistant', 'turns do not alternate'))
  const ids = new Set<string>()
  let open: string[] = []
  messages.forEach((turn, at) => {
    assert.ok(turn.content.length > 0, 'empty turn')
    for (const block of turn.content) assertBlock(block)
    if (turn.role === 'assistant') {
      open = turn.content.filter((block) => block.type === 'tool_use').map((block) => String(block['id']))
      for (const id of open) {
        assert.ok(!ids.has(id), 'tool ids repeat')
        ids.add(id)
      }
      assert.doesNotMatch(turn.content.at(-1)?.type ?? '', /thinking/)
      const text = turn.content.at(-1)?.['text']
      if (at === messages.length - 1 && typeof text === 'string') assert.equal(text, text.trimEnd())
      return
    }
    const results = turn.content.filter((block) => block.type === 'tool_result')
    assert.deepEqual(turn.content.slice(0, results.length), results, 'results are not first')
    assert.deepEqual(
      results.map((block) => block['tool_use_id']),
      open,
      'results do not answer the calls',
    )
    open = []
  })
  assert.deepEqual(open, [], 'calls without results')
  assertTools(body, messages)
  assertThinking(body, messages, limit)
  for (const block of (body['system'] ?? []) as Block[]) assertBlock(block)
}

function assertBlock(block: Block): void {
  if (block.type === 'text') assert.match(String(block['text']), /\S/, 'empty text block')
  if (block.type === 'tool_use') {
    assert.match(String(block['id']), /^[a-zA-Z0-9_-]+$/)
    assert.match(String(block['name']), /^[a-zA-Z0-9_-]{1,128}$/)
    assert.ok(typeof block['input'] === 'object' && block['input'] !== null && !Array.isArray(block['input']))
  }
  if (block.type === 'thinking') assert.ok(block['signature'], 'unsigned thinking')
  if (Array.isArray(block['content'])) for (const inner of block['content'] as Block[]) assertBlock(inner)
}

function assertTools(body: Record<string, unknown>, messages: Turn[]): void {
  const tools = (body['tools'] ?? []) as Record<string, unknown>[]
  const used = messages.some((turn) => turn.content.some((block) => block.type === 'tool_use'))
  assert.ok(!used || tools.length > 0, 'calls without tools')
  assert.ok(body['tools'] === undefined || tools.length > 0, 'empty tools')
  assert.ok(body['tool_choice'] === undefined || tools.length > 0, 'tool_choice without tools')
  const names = tools.map((tool) => tool['name'])
  assert.equal(new Set(names).size, names.length, 'tool names repeat')
  for (const tool of tools.filter((each) => each['type'] === undefined)) {
    assert.match(String(tool['name']), /^[a-zA-Z0-9_-]{1,128}$/)
    assert.equal((tool['input_schema'] as Record<string, unknown>)['type'], 'object')
  }
}

function assertThinking(body: Record<string, unknown>, messages: Turn[], limit: number | undefined): void {
  const max = body['max_tokens'] as number
  assert.ok(max >= 1 && max <= (limit ?? Infinity), 'max_tokens')
  const thinking = body['thinking'] as { type: string; budget_tokens?: number } | undefined
  assert.ok(body['temperature'] === undefined || body['top_p'] === undefined, 'temperature and top_p')
  const temperature = body['temperature'] as number | undefined
  assert.ok(temperature === undefined || (temperature >= 0 && temperature <= 1), 'temperature')
  if (thinking === undefined || thinking.type === 'disabled') return
  assert.equal(temperature, undefined)
  assert.equal(body['top_k'], undefined)
  assert.ok(((body['top_p'] ?? 1) as number) >= 0.95)
  const choice = (body['tool_choice'] as { type: string } | undefined)?.type ?? 'auto'
  assert.ok(['auto', 'none'].includes(choice), 'forced call with thinking')
  if (thinking.type !== 'enabled') return
  const budget = thinking.budget_tokens ?? 0
  assert.ok(budget >= 1024 && budget < max, 'budget')
  const asked = messages.at(-2)
  if (asked?.content.some((block) => block.type === 'tool_use') === true) {
    assert.match(asked.content[0]?.type ?? '', /thinking/, 'open loop does not start with thinking')
  }
}
