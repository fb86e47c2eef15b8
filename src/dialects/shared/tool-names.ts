import { createHash } from 'node:crypto'
import type { AssistantMessage, ChatRequest, Message, ToolChoice } from '../../chat/request.ts'

/** Which names a dialect takes for functions. */
export interface NameRule {
  /** In characters. */
  longest: number
  /** The name with acceptable characters only; unchanged when all of them are. */
  clean(name: string): string
}

/** OpenAI: `^[a-zA-Z0-9_-]{1,64}$`. Many compatible servers take more, and none less. */
export const OPENAI_NAMES: NameRule = {
  longest: 64,
  clean: (name) => (name === '' ? 'tool' : name.replaceAll(/[^a-zA-Z0-9_-]/g, '_')),
}

/** Anthropic: `^[a-zA-Z0-9_-]{1,128}$`. */
export const ANTHROPIC_NAMES: NameRule = { ...OPENAI_NAMES, longest: 128 }

/** Gemini: a letter or underscore first, then also dots, colons and dashes, "with a maximum length of 64". */
export const GEMINI_NAMES: NameRule = {
  longest: 64,
  clean: (name) => {
    const cleaned = name.replaceAll(/[^a-zA-Z0-9_.:-]/g, '_')
    return /^[a-zA-Z_]/.test(cleaned) ? cleaned : `_${cleaned}`
  },
}

export interface Renamed {
  request: ChatRequest
  /** The client's names by those on the wire; absent when every name is as it was. */
  renamed?: ReadonlyMap<string, string>
}

/**
 * Gives every function a name that the dialect takes: in the tools, in the choice, in the calls and results of the
 * history. Names that are fine stay; the others are the same in every request of a conversation, and apart from each other.
 */
export function renameTools(request: ChatRequest, rule: NameRule): Renamed {
  const names = nameAll(request, rule)
  const changed = [...names].filter(([name, wire]) => name !== wire)
  if (changed.length === 0) return { request }
  const nameOf = (name: string): string => names.get(name) ?? name
  return {
    request: {
      ...request,
      tools: request.tools.map((tool) => (tool.type === 'function' ? { ...tool, name: nameOf(tool.name) } : tool)),
      messages: request.messages.map((message) => renameIn(message, nameOf)),
      ...(request.toolChoice !== undefined && { toolChoice: renameChoice(request, request.toolChoice, nameOf) }),
    },
    renamed: new Map(changed.map(([name, wire]) => [wire, name])),
  }
}

/** Tools that only one dialect knows keep their names, and are chosen by them. */
function renameChoice({ tools }: ChatRequest, choice: ToolChoice, nameOf: (name: string) => string): ToolChoice {
  if (choice.type !== 'tool') return choice
  const isFunction = tools.some(({ type, name }) => type === 'function' && name === choice.name)
  return isFunction ? { type: 'tool', name: nameOf(choice.name) } : choice
}

/** Names on the wire by the client's; those that need no change come first, so that no other takes their place. */
function nameAll(request: ChatRequest, rule: NameRule): Map<string, string> {
  const used = new Set([
    ...request.tools.flatMap((tool) => (tool.type === 'function' ? [tool.name] : [])),
    ...request.messages.flatMap((message) => (message.role === 'assistant' ? callNames(message) : [])),
  ])
  const isFine = (name: string): boolean => name.length <= rule.longest && rule.clean(name) === name
  const names = new Map<string, string>()
  const taken = new Set([...used].filter(isFine))
  for (const name of used) {
    const wire = isFine(name) ? name : claim(name, rule, taken)
    names.set(name, wire)
    taken.add(wire)
  }
  return names
}

function callNames({ content }: AssistantMessage): string[] {
  return content.flatMap((part) => (part.type === 'tool_call' ? [part.name] : []))
}

/** The clean name; with a hash of the given one when that is too long or taken. */
function claim(name: string, { clean, longest }: NameRule, taken: ReadonlySet<string>): string {
  const cleaned = clean(name)
  if (cleaned.length <= longest && !taken.has(cleaned)) return cleaned
  for (let n = 0; ; n++) {
    const hash = createHash('sha256').update(`${name}\0${n}`).digest('hex').slice(0, HASH_LENGTH)
    const wire = `${cleaned.slice(0, longest - HASH_LENGTH - 1)}_${hash}`
    if (!taken.has(wire)) return wire
  }
}

const HASH_LENGTH = 8

function renameIn(message: Message, nameOf: (name: string) => string): Message {
  if (message.role === 'tool') {
    return message.name === undefined ? message : { ...message, name: nameOf(message.name) }
  }
  if (message.role !== 'assistant') return message
  const content = message.content.map((part) =>
    part.type === 'tool_call' ? { ...part, name: nameOf(part.name) } : part,
  )
  return { ...message, content }
}
