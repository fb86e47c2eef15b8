import assert from 'node:assert/strict'

// The order of events that clients of this dialect rely on.

const DELTA_OF: Record<string, string[]> = {
  text: ['text_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  redacted_thinking: [],
  tool_use: ['input_json_delta'],
}

export interface WireEvent {
  type: string
  index?: number
  message?: Record<string, unknown>
  content_block?: Record<string, unknown> & { type: string }
  delta?: Record<string, unknown> & { type?: string }
  usage?: Record<string, unknown>
}

/** Parses wire text; throws when it is not `event:` and `data:` of the same type, one after the other. */
export function parseWire(text: string): WireEvent[] {
  if (text === '') return []
  assert.ok(text.endsWith('\n\n'))
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((frame) => {
      const match = /^event: (\w+)\ndata: ([^\n]*)$/.exec(frame)
      assert.ok(match, `not an event: ${frame}`)
      const data = JSON.parse(match[2] ?? '') as WireEvent
      assert.equal(data.type, match[1])
      return data
    })
}

/** Throws when a complete stream breaks the order. */
export function assertOrdered(events: readonly WireEvent[]): void {
  const types = events.map((event) => event.type)
  assert.equal(types[0], 'message_start')
  assert.deepEqual(types.slice(-2), ['message_delta', 'message_stop'])
  for (const once of ['message_start', 'message_delta', 'message_stop']) {
    assert.equal(types.filter((type) => type === once).length, 1, once)
  }
  const message = events[0]?.message
  assert.deepEqual([message?.['content'], message?.['stop_reason'], message?.['role']], [[], null, 'assistant'])
  assert.equal(typeof (message?.['usage'] as Record<string, unknown> | undefined)?.['input_tokens'], 'number')
  let open: string | undefined
  let next = 0
  let args = ''
  for (const event of events.slice(1, -2)) {
    assert.equal(event.index, next, 'index')
    if (event.type === 'content_block_start') {
      assert.equal(open, undefined, 'blocks are nested')
      open = event.content_block?.type ?? ''
      args = ''
      assert.ok(open in DELTA_OF, `block ${open}`)
      if (open === 'tool_use') assert.deepEqual(event.content_block?.['input'], {})
    } else if (event.type === 'content_block_delta') {
      assert.ok(open !== undefined, 'delta without a block')
      const type = event.delta?.type ?? ''
      assert.ok(DELTA_OF[open]?.includes(type), `${type} in ${open}`)
      if (open === 'tool_use') args += String(event.delta?.['partial_json'])
    } else {
      assert.equal(event.type, 'content_block_stop')
      assert.ok(open !== undefined, 'stop without a block')
      if (open === 'tool_use') assert.notEqual(args, '', 'a call without arguments')
      open = undefined
      next++
    }
  }
  assert.equal(open, undefined, 'a block is left open')
  const end = events.at(-2)
  assert.equal(typeof end?.usage?.['output_tokens'], 'number')
  assert.equal(typeof end?.delta?.['stop_reason'], 'string')
}
