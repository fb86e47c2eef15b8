// What an OpenAI-compatible provider answers, as the official SDK reads it (test/dialects/openai-chat/official-sdk.test.ts).

export interface ChatReplyCall {
  id: string
  name: string
  /** JSON text, or a value to write as JSON. */
  arguments: string | Record<string, unknown>
}

export interface ChatReply {
  model: string
  text?: string
  /** Sent as `reasoning_content`. */
  thinking?: string
  toolCalls?: ChatReplyCall[]
  /** Default `tool_calls` when there are calls, else `stop`. */
  finish?: string
  /** Tokens. Default 10 in, 5 out, no part of them cached or spent on reasoning. */
  usage?: { input: number; output: number; cached?: number; reasoning?: number }
}

const ID = 'chatcmpl-upstream'
const CREATED = 1_767_225_600

/** Answer of POST /chat/completions with `stream: false`. */
export function chatCompletion(reply: ChatReply): Record<string, unknown> {
  const calls = (reply.toolCalls ?? []).map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }))
  return {
    id: ID,
    object: 'chat.completion',
    created: CREATED,
    model: reply.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          refusal: null,
          ...(reply.thinking !== undefined && { reasoning_content: reply.thinking }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishOf(reply),
      },
    ],
    usage: usageOf(reply),
  }
}

/**
 * Events of a stream of POST /chat/completions, `[DONE]` included: role, reasoning, text, calls, finish, usage.
 * Texts and arguments come in pieces of `chunkSize` characters, default 8.
 */
export function chatStream(reply: ChatReply, options: { chunkSize?: number } = {}): string[] {
  const size = options.chunkSize ?? 8
  const deltas: Record<string, unknown>[] = [{ role: 'assistant', content: '' }]
  for (const piece of pieces(reply.thinking ?? '', size)) deltas.push({ reasoning_content: piece })
  for (const piece of pieces(reply.text ?? '', size)) deltas.push({ content: piece })
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const head = { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }
    deltas.push({ tool_calls: [head] })
    for (const piece of pieces(argumentsOf(call), size)) {
      deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
  }
  return [
    ...deltas.map((delta) => chunk(reply.model, [{ index: 0, delta, finish_reason: null }])),
    chunk(reply.model, [{ index: 0, delta: {}, finish_reason: finishOf(reply) }]),
    chunk(reply.model, [], usageOf(reply)),
    'data: [DONE]\n\n',
  ]
}

/** Error body as OpenAI writes it; its type follows the status. */
export function chatError(status: number, code: string, message: string): Record<string, unknown> {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error'
  return { error: { message, type, param: null, code } }
}

function chunk(model: string, choices: unknown[], usage?: Record<string, unknown>): string {
  const body = { id: ID, object: 'chat.completion.chunk', created: CREATED, model, choices, usage: usage ?? null }
  return `data: ${JSON.stringify(body)}\n\n`
}

function finishOf(reply: ChatReply): string {
  return reply.finish ?? ((reply.toolCalls ?? []).length > 0 ? 'tool_calls' : 'stop')
}

function usageOf(reply: ChatReply): Record<string, unknown> {
  const { input, output, cached, reasoning } = { cached: 0, reasoning: 0, ...(reply.usage ?? { input: 10, output: 5 }) }
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}

function argumentsOf(call: ChatReplyCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments)
}

function pieces(text: string, size: number): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; at += size) found.push(text.slice(at, at + size))
  return found
}
