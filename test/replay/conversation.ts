// What a request of any dialect says: the calls with their results, the texts of the person, the images.
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { at, list, textAt, type Json } from '../helpers/grid-json.ts'

export interface SaidCall {
  id: string
  name: string
  arguments: unknown
  /** Text of the result; undefined when there is none. */
  result?: string
}

export interface Conversation {
  calls: SaidCall[]
  /** Texts of user turns. */
  texts: string[]
  /** Base64, without prefix. */
  images: string[]
}

/** Reads a request. Results are given to calls by id, or by name and order in dialects without ids. */
export function readConversation(dialect: ProviderDialectName, body: Json): Conversation {
  const said: Conversation = { calls: [], texts: [], images: [] }
  READERS[dialect](body, said)
  return said
}

export interface OfferedTool {
  name: string
  /** Takes free text (Responses). */
  isCustom: boolean
  namespace?: string
}

/** The tools of a request in any dialect, without those that the provider runs itself. */
export function offeredTools(body: Json): OfferedTool[] {
  return list(body, 'tools').flatMap((tool): OfferedTool[] => {
    if (tool['type'] === 'namespace') {
      const namespace = textAt(tool, 'name')
      return list(tool, 'tools').map((inner) => ({ name: textAt(inner, 'name'), isCustom: false, namespace }))
    }
    const functions = list(tool, 'functionDeclarations')
    if (functions.length > 0) return functions.map((each) => ({ name: textAt(each, 'name'), isCustom: false }))
    const name = textAt(tool, 'name') || textAt(tool, 'function', 'name')
    return name === '' ? [] : [{ name, isCustom: tool['type'] === 'custom' }]
  })
}

const READERS: Record<ProviderDialectName, (body: Json, said: Conversation) => void> = {
  chat: (body, said) => {
    for (const message of list(body, 'messages')) {
      const content = message['content']
      if (message['role'] === 'user') said.texts.push(...textsOf(content))
      said.images.push(...list(message, 'content').flatMap((part) => pictures(at(part, 'image_url', 'url'))))
      for (const call of list(message, 'tool_calls')) {
        const args = textAt(call, 'function', 'arguments')
        said.calls.push({ id: textAt(call, 'id'), name: textAt(call, 'function', 'name'), arguments: parse(args) })
      }
      if (message['role'] === 'tool') {
        attach(said, textAt(message, 'tool_call_id'), '', textsOf(content).join('\n'))
      }
    }
  },
  responses: (body, said) => {
    if (typeof body['input'] === 'string') said.texts.push(body['input'])
    for (const item of list(body, 'input')) {
      if (item['role'] === 'user') said.texts.push(...textsOf(item['content']))
      for (const part of [...list(item, 'content'), ...list(item, 'output')]) {
        said.images.push(...pictures(part['image_url']))
      }
      const id = textAt(item, 'call_id')
      const name = textAt(item, 'name')
      if (item['type'] === 'function_call') said.calls.push({ id, name, arguments: parse(textAt(item, 'arguments')) })
      if (item['type'] === 'custom_tool_call') said.calls.push({ id, name, arguments: { input: item['input'] } })
      if (item['output'] !== undefined) attach(said, id, '', textsOf(item['output']).join('\n'))
    }
  },
  messages: (body, said) => {
    for (const message of list(body, 'messages')) {
      if (typeof message['content'] === 'string' && message['role'] === 'user') said.texts.push(message['content'])
      for (const block of list(message, 'content')) readBlock(block, message['role'] === 'user', said)
    }
  },
  gemini: (body, said) => {
    for (const content of list(body, 'contents')) {
      for (const part of list(content, 'parts')) {
        if (content['role'] !== 'model' && part['text'] !== undefined) said.texts.push(textAt(part, 'text'))
        readGeminiPart(part, said)
      }
    }
  },
  ollama: (body, said) => {
    for (const message of list(body, 'messages')) {
      const content = textAt(message, 'content')
      if (message['role'] === 'user') said.texts.push(content)
      said.images.push(...((at(message, 'images') as string[] | undefined) ?? []))
      for (const call of list(message, 'tool_calls')) {
        const definition = call['function']
        const args = at(definition, 'arguments')
        said.calls.push({ id: textAt(call, 'id'), name: textAt(definition, 'name'), arguments: args })
      }
      if (message['role'] === 'tool') {
        attach(said, textAt(message, 'tool_call_id'), textAt(message, 'tool_name'), content)
      }
    }
  },
}

function readBlock(block: Json, isUser: boolean, said: Conversation): void {
  if (block['type'] === 'text' && isUser) said.texts.push(textAt(block, 'text'))
  if (block['type'] === 'image') said.images.push(textAt(block, 'source', 'data'))
  if (block['type'] === 'tool_use') {
    said.calls.push({ id: textAt(block, 'id'), name: textAt(block, 'name'), arguments: block['input'] })
  }
  if (block['type'] !== 'tool_result') return
  attach(said, textAt(block, 'tool_use_id'), '', textsOf(block['content']).join('\n'))
  said.images.push(
    ...list(block, 'content').flatMap(({ type, source }) => (type === 'image' ? textAt(source, 'data') : [])),
  )
}

function readGeminiPart(part: Json, said: Conversation): void {
  const { functionCall: call, functionResponse: response } = part
  if (part['inlineData'] !== undefined) said.images.push(textAt(part, 'inlineData', 'data'))
  if (call !== undefined) {
    said.calls.push({ id: textAt(call, 'id'), name: textAt(call, 'name'), arguments: at(call, 'args') ?? {} })
  }
  if (response === undefined) return
  said.images.push(...list(response, 'parts').map((inner) => textAt(inner, 'inlineData', 'data')))
  const result = at(response, 'response')
  const text = at(result, 'output') ?? at(result, 'error') ?? at(result, 'result') ?? at(result, 'content') ?? result
  const [id, name] = [textAt(response, 'id'), textAt(response, 'name')]
  attach(said, id, name, typeof text === 'string' ? text : JSON.stringify(text))
}

function attach(said: Conversation, id: string, name: string, result: string): void {
  const open = said.calls.filter((call) => call.result === undefined)
  const call =
    open.find((each) => id !== '' && each.id === id) ?? open.find((each) => name !== '' && each.name === name)
  if (call !== undefined) call.result = result
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  return list(content).flatMap((part) => (part['text'] === undefined ? [] : [textAt(part, 'text')]))
}

function pictures(url: unknown): string[] {
  const [, data] = /^data:[^,]+;base64,(.+)$/.exec(typeof url === 'string' ? url : '') ?? []
  return data === undefined ? [] : [data]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
