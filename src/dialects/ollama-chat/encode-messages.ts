import type { AssistantMessage, DocumentPart, ImagePart, Message, TextPart, ToolCallPart } from '../../chat/request.ts'
import { titled } from '../shared/texts.ts'
import { toToolInput } from '../shared/tool-input.ts'

/** A message as Ollama takes it: text is one string, images stand beside it as bare base64. */
interface OllamaMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content: string
  thinking?: string
  images?: string[]
  tool_calls?: { id: string; function: { index: number; name: string; arguments: Record<string, unknown> } }[]
  tool_name?: string
  tool_call_id?: string
}

/** Text parts are blocks of their own; joined without a gap their words would run together. */
const GAP = '\n\n'

/** Writes the conversation in Ollama's form; what it cannot carry is added to `dropped`. */
export function encodeMessages(messages: readonly Message[], dropped: Set<string>): OllamaMessage[] {
  const toolNames = new Map<string, string>()
  return messages.map((message): OllamaMessage => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: message.content.map((part) => part.text).join(GAP) }
      case 'user':
        return { role: 'user', ...encodeParts(message.content, dropped) }
      case 'assistant':
        for (const part of message.content) if (part.type === 'tool_call') toolNames.set(part.id, part.name)
        return encodeAssistant(message)
      case 'tool': {
        const name = message.name ?? toolNames.get(message.callId)
        return {
          role: 'tool',
          ...encodeParts(message.content, dropped),
          ...(name !== undefined && { tool_name: name }),
          tool_call_id: message.callId,
        }
      }
    }
  })
}

function encodeAssistant(message: AssistantMessage): OllamaMessage {
  const text: string[] = []
  const thinking: string[] = []
  const calls: ToolCallPart[] = []
  for (const part of message.content) {
    if (part.type === 'tool_call') calls.push(part)
    else if (part.text !== '') (part.type === 'text' ? text : thinking).push(part.text)
  }
  return {
    role: 'assistant',
    content: text.join(GAP),
    ...(thinking.length > 0 && { thinking: thinking.join(GAP) }),
    ...(calls.length > 0 && {
      tool_calls: calls.map((call, index) => ({
        id: call.id,
        function: { index, name: call.name, arguments: toToolInput(call.arguments) },
      })),
    }),
  }
}

function encodeParts(
  parts: readonly (TextPart | ImagePart | DocumentPart)[],
  dropped: Set<string>,
): Pick<OllamaMessage, 'content' | 'images'> {
  const text: string[] = []
  const images: string[] = []
  for (const part of parts) {
    if (part.type === 'text') text.push(part.text)
    else if (part.type === 'document') {
      if (part.source.type === 'text') text.push(titled(part.name, part.source.text))
      else dropped.add('document')
    } else if (part.source.type === 'base64') images.push(part.source.data)
    else dropped.add('image_url')
  }
  return { content: text.join(GAP), ...(images.length > 0 && { images }) }
}
