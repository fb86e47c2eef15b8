import type { ChatRequest, FunctionTool, Message } from '../../chat/request.ts'
import type { ChatResponse } from '../../chat/response.ts'
import { humanText } from '../../dialects/human-turn.ts'
import { exampleOf } from './example.ts'

/**
 * What a simulated model answers: a fixed text that says it is simulated, a tool call when one is demanded, JSON when
 * asked for. The same request always gets the same answer. Pure.
 */
export function demoAnswer(model: string, request: ChatRequest): ChatResponse {
  const tool = demandedTool(request)
  const usage = { input: Math.ceil(JSON.stringify(request.messages).length / 4), output: 0 }
  if (tool !== undefined) {
    const args = JSON.stringify(exampleOf(tool.schema ?? {}))
    return {
      model,
      content: [{ type: 'tool_call', id: 'call_simulated', name: tool.name, arguments: args }],
      finish: 'tool_calls',
      usage: { ...usage, output: Math.ceil(args.length / 4) },
    }
  }
  const text = request.output === undefined ? prose(model, request) : json(model, request)
  return {
    model,
    content: [{ type: 'text', text }],
    finish: 'stop',
    usage: { ...usage, output: Math.ceil(text.length / 4) },
  }
}

function demandedTool(request: ChatRequest): FunctionTool | undefined {
  const tools = request.tools.filter((tool) => tool.type === 'function')
  const { toolChoice } = request
  if (toolChoice?.type === 'tool') return tools.find(({ name }) => name === toolChoice.name)
  return toolChoice?.type === 'required' ? tools[0] : undefined
}

function json(model: string, request: ChatRequest): string {
  if (request.output?.type !== 'json_schema') return JSON.stringify({ simulated: true, model: `demo/${model}` })
  return JSON.stringify(exampleOf(request.output.schema))
}

const SPECIALITIES: Readonly<Record<string, string>> = {
  coder: 'A coding model would now write or mend code, for instance:\n\n```js\nconst add = (a, b) => a + b\n```',
  writer:
    'A writing model would now write:\n\nThe sea keeps no ledger of the ships it has carried,\nonly the light that crossed it and moved on.',
  vision: 'A model that can see would now describe the picture.',
}

function prose(model: string, request: ChatRequest): string {
  const asked = lastHumanText(request.messages)
  const images = countImages(request.messages)
  const lines = [
    `[simulated] This is demo/${model}, a simulated model inside sage. No real model was called.`,
    asked === '' ? '' : `You asked: "${asked.length > 200 ? `${asked.slice(0, 200)}…` : asked}"`,
    images === 0 ? '' : `The request carries ${images === 1 ? 'one image' : `${images} images`}.`,
    SPECIALITIES[model] ?? 'A small model would now give a short answer.',
    'To get real answers, set a key such as OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama, and start sage again.',
  ]
  return lines.filter((line) => line !== '').join('\n\n')
}

function lastHumanText(messages: readonly Message[]): string {
  for (const message of messages.toReversed()) {
    if (message.role !== 'user') continue
    const text = humanText(message.content.map((part) => (part.type === 'text' ? part.text : '')))
    if (text !== '') return text
  }
  return ''
}

function countImages(messages: readonly Message[]): number {
  return messages.flatMap(({ content }) => content as { type: string }[]).filter(({ type }) => type === 'image').length
}
