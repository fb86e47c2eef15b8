import type { DocumentPart, ImagePart, TextPart, ThinkingPart } from '../../chat/request.ts'
import { asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { field, recordsOf } from './fields.ts'
import { readSignature } from './thought-signature.ts'

type SpokenPart = TextPart | ThinkingPart

/** Text or media of a user part. Empty text and parts without a canonical form are left out. */
export function decodeUserPart(part: JsonRecord): (TextPart | ImagePart | DocumentPart)[] {
  const text = asText(part['text'])
  const media = decodeMedia(part)
  return [...(text === undefined ? [] : [{ type: 'text' as const, text }]), ...(media === undefined ? [] : [media])]
}

/**
 * A picture or file: `inlineData` in base64, or `fileData` by its URL. Everything that is no picture is a document.
 */
export function decodeMedia(part: JsonRecord): ImagePart | DocumentPart | undefined {
  const inline = asRecord(field(part, 'inlineData'))
  const file = asRecord(field(part, 'fileData'))
  const mediaType = asText(field(inline ?? file, 'mimeType')) ?? ''
  const data = asText(field(inline, 'data'))
  const url = asText(field(file, 'fileUri'))
  const source =
    data !== undefined
      ? ({ type: 'base64', mediaType, data } as const)
      : url !== undefined
        ? ({ type: 'url', url } as const)
        : undefined
  if (source === undefined) return undefined
  if (mediaType.startsWith('image/')) return { type: 'image', source }
  const name = asText(field(inline ?? file, 'displayName'))
  return { type: 'document', source, ...(name !== undefined && { name }) }
}

/**
 * Text and reasoning of a model part. The signature of a text stands behind it as reasoning without words, for there is
 * no other place that carries it.
 */
export function decodeModelPart(part: JsonRecord): SpokenPart[] {
  const text = asText(part['text']) ?? ''
  const signature = readSignature(field(part, 'thoughtSignature'))
  const proof = signature === undefined ? {} : { signature }
  if (part['thought'] === true) {
    return text === '' && signature === undefined ? [] : [{ type: 'thinking', text, ...proof }]
  }
  return [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...(signature === undefined ? [] : [{ type: 'thinking' as const, text: '', signature }]),
  ]
}

/** What a tool gave back. */
export interface ToolOutput {
  content: (TextPart | ImagePart | DocumentPart)[]
  isError: boolean
}

/** Members that hold the whole output when they stand alone: Google's own names, and the AI SDK's. */
const OUTPUT_KEYS = ['output', 'result', 'content']

/**
 * Decodes a `functionResponse`. Its `response` object holds the output under `output` or a failure under `error`, by
 * Google's convention; `result`, and the AI SDK's `{name, content}`, count too. Any other object is the output, as JSON.
 */
export function decodeToolOutput(functionResponse: JsonRecord): ToolOutput {
  const response = asRecord(functionResponse['response']) ?? {}
  const members = Object.entries(response).filter(([, value]) => value !== null)
  const isError = members.some(([key]) => key === 'error')
  const only = onlyMember(members, asText(functionResponse['name']))
  const text = only === undefined ? (members.length === 0 ? '' : JSON.stringify(response)) : asOutput(only)
  const media = recordsOf(functionResponse['parts']).flatMap((part) => decodeMedia(part) ?? [])
  return { content: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...media], isError }
}

function onlyMember(members: readonly [string, unknown][], tool: string | undefined): unknown {
  const telling = members.filter(([key, value]) => key !== 'name' || value !== tool)
  const [key, value] = telling.length === 1 ? (telling[0] ?? []) : []
  return key === 'error' || (key !== undefined && OUTPUT_KEYS.includes(key)) ? value : undefined
}

function asOutput(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
