import assert from 'node:assert/strict'
import type { Json } from './support.ts'

// The order of events that clients of this dialect rely on.

export interface WireEvent extends Json {
  type: string
  sequence_number: number
}

interface Open {
  id: unknown
  type: string
  /** Text, arguments or input so far; undefined while no part is open. */
  text: string | undefined
  isPartDone: boolean
}

/** Parses wire text; throws when it is not `event:` and `data:` of the same type, one after the other. */
export function parseWire(text: string): WireEvent[] {
  if (text === '') return []
  assert.ok(text.endsWith('\n\n'))
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((frame) => {
      const match = /^event: ([\w.]+)\ndata: ([^\n]*)$/.exec(frame)
      assert.ok(match, `not an event: ${frame}`)
      const data = JSON.parse(match[2] ?? '') as WireEvent
      assert.equal(data.type, match[1])
      return data
    })
}

/** Throws when a complete stream breaks the order; returns the response of its last event. */
export function checkOrder(events: readonly WireEvent[]): Json {
  assert.deepEqual(
    events.map((event) => event.sequence_number),
    events.map((_, index) => index),
  )
  assert.deepEqual(
    events.slice(0, 2).map(({ type }) => type),
    ['response.created', 'response.in_progress'],
  )
  for (const event of events.slice(0, 2)) {
    const response = event['response'] as Json
    assert.deepEqual([response['status'], response['output'], response['usage']], ['in_progress', [], null])
  }
  const items = new Items()
  for (const event of events.slice(2, -1)) items.take(event)
  const last = events.at(-1)
  assert.ok(last !== undefined && ['response.completed', 'response.incomplete'].includes(last.type))
  const response = last['response'] as Json
  assert.equal(`response.${String(response['status'])}`, last.type)
  assert.equal(response['id'], firstId(events))
  assert.equal(response['incomplete_details'] === null, last.type === 'response.completed')
  assert.deepEqual(response['output'], items.done())
  const usage = response['usage'] as Json
  assert.ok([usage['input_tokens'], usage['output_tokens'], usage['total_tokens']].every(Number.isInteger))
  return response
}

function firstId(events: readonly WireEvent[]): unknown {
  const response = events[0]?.['response'] as Json | undefined
  return response?.['id']
}

class Items {
  readonly #open = new Map<unknown, Open>()
  readonly #done: Json[] = []
  #added = 0

  take(event: WireEvent): void {
    const index = event['output_index']
    if (event.type === 'response.output_item.added') {
      assert.equal(index, this.#added++, 'items are numbered in order')
      this.#open.set(index, added(event['item'] as Json))
      return
    }
    const open = this.#open.get(index)
    assert.ok(open !== undefined, `${event.type} for an item that is not open`)
    if (event.type === 'response.output_item.done') {
      this.#done[index as number] = finished(open, event['item'] as Json)
      this.#open.delete(index)
    } else {
      assert.equal(event['item_id'], open.id)
      STEPS[open.type]?.(open, event)
    }
  }

  /** Items in the order of the output. Throws when one is still open. */
  done(): Json[] {
    assert.equal(this.#open.size, 0, 'an item is still open')
    return this.#done
  }
}

function added(item: Json): Open {
  const type = String(item['type'])
  assert.ok(type in STEPS, `unknown item ${type}`)
  assert.ok(String(item['id']).startsWith(PREFIXES[type] ?? '?'))
  if (type === 'message') assert.deepEqual([item['content'], item['status']], [[], 'in_progress'])
  else if (type === 'reasoning') assert.deepEqual(item['summary'], [])
  else {
    assert.deepEqual([item['arguments'] ?? item['input'], item['status']], ['', 'in_progress'])
    assert.ok(item['call_id'] !== '' && item['name'] !== '')
  }
  const isCall = type.endsWith('_call')
  return { id: item['id'], type, text: isCall ? '' : undefined, isPartDone: false }
}

function finished(open: Open, item: Json): Json {
  assert.deepEqual([item['id'], item['type']], [open.id, open.type])
  if (open.type !== 'reasoning') assert.ok(['completed', 'incomplete'].includes(String(item['status'])))
  if (open.text === undefined) {
    assert.equal(open.type, 'reasoning')
    assert.deepEqual(item['summary'], [])
  } else {
    assert.ok(open.isPartDone, 'the part is still open')
    assert.equal(textOf(item), open.text)
  }
  return item
}

function textOf(item: Json): unknown {
  const parts = (item['content'] ?? item['summary']) as Json[] | undefined
  if (parts === undefined) return item['arguments'] ?? item['input']
  assert.equal(parts.length, 1)
  return parts[0]?.['text']
}

const PREFIXES: Record<string, string> = {
  message: 'msg_',
  reasoning: 'rs_',
  function_call: 'fc_',
  custom_tool_call: 'ctc_',
}

type Step = (open: Open, event: WireEvent) => void

const STEPS: Record<string, Step> = {
  message: textSteps('response.content_part', 'response.output_text', 'content_index', 'output_text'),
  reasoning: textSteps(
    'response.reasoning_summary_part',
    'response.reasoning_summary_text',
    'summary_index',
    'summary_text',
  ),
  function_call: callSteps('response.function_call_arguments', 'arguments'),
  custom_tool_call: callSteps('response.custom_tool_call_input', 'input'),
}

/** part.added, text.delta …, text.done, part.done. */
function textSteps(part: string, text: string, index: string, partType: string): Step {
  let isTextDone = false
  return (open, event) => {
    assert.equal(event[index], 0)
    assert.ok(!open.isPartDone, `${event.type} after the end of the part`)
    if (event.type === `${part}.added`) {
      assert.equal(open.text, undefined, 'a second part')
      const added = event['part'] as Json
      assert.deepEqual([added['type'], added['text']], [partType, ''])
      open.text = ''
      isTextDone = false
      return
    }
    assert.ok(open.text !== undefined, `${event.type} before its part`)
    if (event.type === `${text}.delta`) {
      assert.ok(!isTextDone && event['delta'] !== '')
      open.text += String(event['delta'])
    } else if (event.type === `${text}.done`) {
      assert.equal(event['text'], open.text)
      isTextDone = true
    } else {
      assert.equal(event.type, `${part}.done`)
      assert.ok(isTextDone)
      assert.equal((event['part'] as Json)['text'], open.text)
      open.isPartDone = true
    }
  }
}

/** delta …, done. */
function callSteps(event: string, field: string): Step {
  return (open, { type, ...fields }) => {
    assert.ok(!open.isPartDone, `${type} after the end of the call`)
    if (type === `${event}.delta`) {
      assert.notEqual(fields['delta'], '')
      open.text += String(fields['delta'])
    } else {
      assert.equal(type, `${event}.done`)
      assert.equal(fields[field], open.text)
      open.isPartDone = true
    }
  }
}
