// What the real Anthropic API would answer: messages, streams and errors.

export interface ReplyToolCall {
  id?: string
  name: string
  input: Record<string, unknown>
}

export interface ReplyOptions {
  model: string
  text?: string
  thinking?: string
  /** Proof of `thinking`. Default: a made-up one. */
  signature?: string
  toolCalls?: readonly ReplyToolCall[]
  /** Default: `tool_use` with calls, else `end_turn`. */
  stop?: string
  usage?: Record<string, unknown>
}

type Block = Record<string, unknown> & { type: string }

const DEFAULT_USAGE = {
  input_tokens: 20,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 10,
}

/** Body of a whole answer. */
export function message(options: ReplyOptions): object {
  return {
    ...head(options),
    content: contentOf(options),
    stop_reason: stopOf(options),
    stop_sequence: null,
    usage: options.usage ?? DEFAULT_USAGE,
  }
}

/** Events of a streamed answer as the API writes them, `ping` included; each string ends with its blank line. */
export function messageStream(options: ReplyOptions): string[] {
  const usage = options.usage ?? DEFAULT_USAGE
  const start = {
    ...head(options),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  }
  return [
    event('message_start', { message: start }),
    event('ping', {}),
    ...contentOf(options).flatMap(blockEvents),
    event('message_delta', { delta: { stop_reason: stopOf(options), stop_sequence: null }, usage }),
    event('message_stop', {}),
  ]
}

/** Body of an error answer. */
export function anthropicError(type: string, text: string): object {
  return { type: 'error', error: { type, message: text }, request_id: 'req_011' }
}

/** One server-sent event. */
export function event(type: string, fields: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

function head(options: ReplyOptions): Record<string, unknown> {
  return { id: 'msg_011', type: 'message', role: 'assistant', model: options.model }
}

function stopOf(options: ReplyOptions): string {
  return options.stop ?? ((options.toolCalls ?? []).length > 0 ? 'tool_use' : 'end_turn')
}

function contentOf(options: ReplyOptions): Block[] {
  const { text, thinking, signature = 'c2lnbmF0dXJl', toolCalls = [] } = options
  return [
    ...(thinking === undefined ? [] : [{ type: 'thinking', thinking, signature }]),
    ...(text === undefined ? [] : [{ type: 'text', text }]),
    ...toolCalls.map((call, at) => ({
      type: 'tool_use',
      id: call.id ?? `toolu_01${at}`,
      name: call.name,
      input: call.input,
    })),
  ]
}

function blockEvents(block: Block, index: number): string[] {
  const { start, deltas } = unfold(block)
  return [
    event('content_block_start', { index, content_block: start }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index }),
  ]
}

function unfold(block: Block): { start: Block; deltas: Block[] } {
  switch (block.type) {
    case 'thinking':
      return {
        start: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          ...halves(String(block['thinking'])).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: block['signature'] },
        ],
      }
    case 'text':
      return {
        start: { type: 'text', text: '' },
        deltas: halves(String(block['text'])).map((text) => ({ type: 'text_delta', text })),
      }
    default: {
      // The API opens the arguments with an empty piece, and sends nothing more for an empty object.
      const json = JSON.stringify(block['input'])
      const pieces = json === '{}' ? [''] : ['', ...halves(json)]
      return {
        start: { ...block, input: {} },
        deltas: pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      }
    }
  }
}

function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter((half) => half !== '')
}
