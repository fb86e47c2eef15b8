// What a provider of OpenAI Responses answers, as the official SDK reads it (test/dialects/openai-responses/official-sdk.test.ts).

export interface ResponsesReplyCall {
  id: string
  name: string
  /** Namespace of the tool. */
  namespace?: string
  /** JSON text, or a value to write as JSON. */
  arguments?: string | Record<string, unknown>
  /** Free text: the call is one of a custom tool. */
  input?: string
}

export interface ResponsesReply {
  model: string
  text?: string
  /** Parts of the reasoning summary. */
  thinking?: string | string[]
  /** `encrypted_content` of the reasoning. */
  encrypted?: string
  toolCalls?: ResponsesReplyCall[]
  /** Why the response is incomplete; completed by default. */
  incomplete?: 'max_output_tokens' | 'content_filter'
  /** Tokens. Default 10 in, 5 out, no part of them cached or spent on reasoning. */
  usage?: { input: number; output: number; cached?: number; reasoning?: number }
}

type Json = Record<string, unknown>

const ID = 'resp_upstream'
const CREATED = 1_767_225_600

/** Answer of POST /responses with `stream: false`. */
export function responsesAnswer(reply: ResponsesReply): Json {
  return {
    ...head(reply.model),
    status: reply.incomplete === undefined ? 'completed' : 'incomplete',
    incomplete_details: reply.incomplete === undefined ? null : { reason: reply.incomplete },
    output: outputOf(reply),
    usage: usageOf(reply),
  }
}

/**
 * Events of a stream of POST /responses: created, in progress, the items one after the other, completed or incomplete.
 * Texts and arguments come in pieces of `chunkSize` characters, default 8.
 */
export function responsesStream(reply: ResponsesReply, options: { chunkSize?: number } = {}): string[] {
  const size = options.chunkSize ?? 8
  const started = { response: { ...head(reply.model), status: 'in_progress', output: [], usage: null } }
  const answer = responsesAnswer(reply)
  const events: [string, Json][] = [
    ['response.created', started],
    ['response.in_progress', started],
    ...outputOf(reply).flatMap((item, index) => itemEvents(item, index, size)),
    [`response.${String(answer['status'])}`, { response: answer }],
  ]
  return events.map(([type, fields], number) => responsesEvent(type, { sequence_number: number, ...fields }))
}

/** One server-sent event. */
export function responsesEvent(type: string, fields: Json): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

/** Error body as OpenAI writes it; its type follows the status. */
export function responsesError(status: number, code: string, message: string): Json {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error'
  return { error: { message, type, param: null, code } }
}

function head(model: string): Json {
  return {
    id: ID,
    object: 'response',
    created_at: CREATED,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: 'medium', summary: 'detailed' },
    store: false,
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    user: null,
    metadata: {},
  }
}

function outputOf(reply: ResponsesReply): Json[] {
  const items: Json[] = []
  if (reply.thinking !== undefined || reply.encrypted !== undefined) {
    const summary = [reply.thinking ?? []].flat().map((text) => ({ type: 'summary_text', text }))
    const proof = reply.encrypted === undefined ? {} : { encrypted_content: reply.encrypted }
    items.push({ id: 'rs_1', type: 'reasoning', summary, ...proof })
  }
  if (reply.text !== undefined) {
    const content = [textPart(reply.text)]
    items.push({ id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content })
  }
  for (const [index, call] of (reply.toolCalls ?? []).entries()) items.push(callItem(call, index))
  return items
}

function callItem(call: ResponsesReplyCall, index: number): Json {
  const namespace = call.namespace === undefined ? {} : { namespace: call.namespace }
  const common = { status: 'completed', call_id: call.id, name: call.name, ...namespace }
  if (call.input !== undefined) return { id: `ctc_${index}`, type: 'custom_tool_call', ...common, input: call.input }
  const args = call.arguments ?? {}
  const text = typeof args === 'string' ? args : JSON.stringify(args)
  return { id: `fc_${index}`, type: 'function_call', ...common, arguments: text }
}

function textPart(text: string): Json {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

function itemEvents(item: Json, index: number, size: number): [string, Json][] {
  const place = { item_id: item['id'], output_index: index }
  const added = (start: Json): [string, Json] => ['response.output_item.added', { output_index: index, item: start }]
  const done: [string, Json] = ['response.output_item.done', { output_index: index, item }]
  switch (item['type']) {
    case 'reasoning': {
      const parts = item['summary'] as { text: string }[]
      // The payload of the beginning is not yet that of the end.
      const start = 'encrypted_content' in item ? { ...item, summary: [], encrypted_content: 'early' } : item
      const events = parts.flatMap((part, number) =>
        summaryEvents({ ...place, summary_index: number }, part.text, size),
      )
      return [added({ ...start, summary: [] }), ...events, done]
    }
    case 'message': {
      const { text } = (item['content'] as [{ text: string }])[0]
      const at = { ...place, content_index: 0 }
      return [
        added({ ...item, status: 'in_progress', content: [] }),
        ['response.content_part.added', { ...at, part: textPart('') }],
        ...deltas('response.output_text.delta', at, text, size),
        ['response.output_text.done', { ...at, text, logprobs: [] }],
        ['response.content_part.done', { ...at, part: textPart(text) }],
        done,
      ]
    }
    case 'custom_tool_call': {
      const input = String(item['input'])
      return [
        added({ ...item, status: 'in_progress', input: '' }),
        ...deltas('response.custom_tool_call_input.delta', place, input, size),
        ['response.custom_tool_call_input.done', { ...place, input }],
        done,
      ]
    }
    default: {
      const args = String(item['arguments'])
      return [
        added({ ...item, status: 'in_progress', arguments: '' }),
        ...deltas('response.function_call_arguments.delta', place, args, size),
        ['response.function_call_arguments.done', { ...place, name: item['name'], arguments: args }],
        done,
      ]
    }
  }
}

function summaryEvents(at: Json, text: string, size: number): [string, Json][] {
  return [
    ['response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }],
    ...deltas('response.reasoning_summary_text.delta', at, text, size),
    ['response.reasoning_summary_text.done', { ...at, text }],
    ['response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } }],
  ]
}

function deltas(type: string, at: Json, text: string, size: number): [string, Json][] {
  const found: [string, Json][] = []
  for (let from = 0; from < text.length; from += size) {
    found.push([type, { ...at, delta: text.slice(from, from + size), logprobs: [] }])
  }
  return found
}

function usageOf(reply: ResponsesReply): Json {
  const { input, output, cached, reasoning } = { cached: 0, reasoning: 0, ...(reply.usage ?? { input: 10, output: 5 }) }
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
}
