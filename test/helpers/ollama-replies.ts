// What an Ollama server answers, as its own client package reads it (test/dialects/ollama-chat/official-client.test.ts).

export interface FakeToolCall {
  /** Left out when undefined, as older servers do. */
  id?: string
  name: string
  arguments: Record<string, unknown>
}

export interface FakeAnswer {
  model: string
  text?: string
  thinking?: string
  toolCalls?: FakeToolCall[]
  /** Default `stop`, with tool calls too. */
  doneReason?: string
  /** Tokens; a field that is undefined is left out, as Ollama does with counts of 0. */
  usage?: { input?: number; output?: number }
}

export interface FakeModel {
  name: string
  /** Left out when undefined, as older servers do. */
  capabilities?: string[]
  /** Tokens; left out when undefined. */
  context?: number
  /** Name at the cloud: makes the model a stub of a remote one. */
  remoteModel?: string
  /** Architecture, e.g. `llama`. */
  family?: string
}

const CREATED = '2026-01-02T03:04:05.678901234Z'

/** Answer of POST /api/chat with `stream: false`. */
export function ollamaMessage(answer: FakeAnswer): Record<string, unknown> {
  return {
    model: answer.model,
    created_at: CREATED,
    message: {
      role: 'assistant',
      content: answer.text ?? '',
      ...(answer.thinking !== undefined && { thinking: answer.thinking }),
      ...(answer.toolCalls !== undefined && { tool_calls: answer.toolCalls.map(toolCall) }),
    },
    ...ending(answer),
  }
}

/** Lines of a stream of POST /api/chat, newline included: thinking, text, a line a tool call, then the end. */
export function ollamaStream(answer: FakeAnswer): string[] {
  const messages = [
    ...pieces(answer.thinking ?? '').map((thinking) => ({ role: 'assistant', content: '', thinking })),
    ...pieces(answer.text ?? '').map((content) => ({ role: 'assistant', content })),
    ...(answer.toolCalls ?? []).map((call, index) => ({
      role: 'assistant',
      content: '',
      tool_calls: [toolCall(call, index)],
    })),
  ]
  const head = { model: answer.model, created_at: CREATED }
  return [
    ...messages.map((message) => ({ ...head, message, done: false })),
    { ...head, message: { role: 'assistant', content: '' }, ...ending(answer) },
  ].map((line) => `${JSON.stringify(line)}\n`)
}

/** Answer of GET /api/tags. */
export function ollamaTags(models: readonly FakeModel[]): Record<string, unknown> {
  return {
    models: models.map((model) => ({
      name: model.name,
      model: model.name,
      ...(model.remoteModel !== undefined && {
        remote_model: model.remoteModel,
        remote_host: 'https://ollama.com:443',
      }),
      modified_at: CREATED,
      size: model.remoteModel === undefined ? 2_019_393_189 : 382,
      digest: '0'.repeat(64),
      details: { ...details(model), ...(model.context !== undefined && { context_length: model.context }) },
      ...(model.capabilities !== undefined && { capabilities: model.capabilities }),
    })),
  }
}

export interface FakeShow extends Omit<FakeModel, 'name'> {
  /** Lines of the Modelfile's parameters, e.g. `num_ctx 8192`. */
  parameters?: string
  /** More of `model_info`. */
  modelInfo?: Record<string, unknown>
}

/** Answer of POST /api/show. */
export function ollamaShow(model: FakeShow): Record<string, unknown> {
  const family = model.family ?? 'llama'
  return {
    modelfile: '# Modelfile',
    parameters: model.parameters ?? '',
    template: '{{ .Prompt }}',
    ...(model.remoteModel !== undefined && { remote_model: model.remoteModel, remote_host: 'https://ollama.com:443' }),
    details: details(model),
    model_info: {
      'general.architecture': family,
      ...(model.context !== undefined && { [`${family}.context_length`]: model.context }),
      ...model.modelInfo,
    },
    ...(model.capabilities !== undefined && { capabilities: model.capabilities }),
    modified_at: CREATED,
  }
}

function details(model: { family?: string }): Record<string, unknown> {
  const family = model.family ?? 'llama'
  return {
    parent_model: '',
    format: 'gguf',
    family,
    families: [family],
    parameter_size: '3.2B',
    quantization_level: 'Q4_K_M',
  }
}

function toolCall(call: FakeToolCall, index: number): Record<string, unknown> {
  return {
    ...(call.id !== undefined && { id: call.id }),
    function: { index, name: call.name, arguments: call.arguments },
  }
}

function ending(answer: FakeAnswer): Record<string, unknown> {
  const { input, output } = answer.usage ?? { input: 26, output: 8 }
  return {
    done: true,
    done_reason: answer.doneReason ?? 'stop',
    total_duration: 5_191_566_416,
    load_duration: 2_154_458,
    ...(input !== undefined && { prompt_eval_count: input, prompt_eval_duration: 383_809_000 }),
    ...(output !== undefined && { eval_count: output, eval_duration: 4_799_921_000 }),
  }
}

/** Cuts text into pieces of a few characters, never inside a surrogate pair. */
function pieces(text: string): string[] {
  return text.match(/.{1,5}/gsu) ?? []
}
