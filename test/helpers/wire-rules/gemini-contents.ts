// The conversation of the Gemini API.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { arrayAt, asObject, isBase64, type Violations } from './violations.ts'

/** The one of them that a part is. */
const DATA: readonly string[] = [
  'text', 'inlineData', 'fileData', 'functionCall', 'functionResponse', 'executableCode', 'codeExecutionResult',
  'toolCall', 'toolResponse',
] // prettier-ignore
const PART: readonly string[] = [
  ...DATA,
  'thought',
  'thoughtSignature',
  'videoMetadata',
  'partMetadata',
  'mediaResolution',
]
export const FUNCTION_NAME: RegExp = /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/

/** `signed`: the model demands the signatures of the calls of the current turn. */
export function checkContents(contents: readonly Json[], signed: boolean, found: Violations): void {
  for (const [n, content] of contents.entries()) {
    const path = `contents[${n}]`
    found.known(content, path, ['role', 'parts'])
    const role = content['role'] ?? 'user'
    found.need(role === 'user' || role === 'model', `${path}.role`, 'please use a valid role: user, model')
    checkParts(content, path, found)
    const calls = namesOf(content, 'functionCall')
    // "function call turn comes immediately after a user turn or after a function response turn"
    if (calls.length > 0 && role === 'model') {
      found.need((contents[n - 1]?.['role'] ?? 'model') === 'user', path, 'a call must come right after a user turn')
      const results = namesOf(contents[n + 1], 'functionResponse')
      const isEven = results.length === calls.length && calls.every((name) => results.includes(name))
      found.need(
        isEven,
        path,
        `function response parts must equal function call parts: ${calls.join()} / ${results.join()}`,
      )
    }
    if (namesOf(content, 'functionResponse').length > 0) {
      const asked = namesOf(contents[n - 1], 'functionCall')
      found.need(asked.length > 0, path, 'a function response must come immediately after a function call turn')
    }
  }
  if (signed) checkSignatures(contents, found)
}

/** "* GenerateContentRequest.contents.parts must not be empty", and every part is one thing. */
export function checkParts(content: unknown, path: string, found: Violations): void {
  const parts = arrayAt(content, 'parts')
  found.need((parts?.length ?? 0) > 0, `${path}.parts`, 'must not be empty')
  parts?.forEach((part, n) => checkPart(part, `${path}.parts[${n}]`, found))
}

function checkPart(part: unknown, path: string, found: Violations): void {
  found.known(part, path, PART)
  const data = DATA.filter((name) => at(part, name) !== undefined)
  found.need(data.length === 1, path, "required oneof field 'data' must have one initialized field")
  // Bytes in JSON: base64 of either alphabet, padded or not.
  const signature = at(part, 'thoughtSignature') ?? ''
  const isBytes = typeof signature === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(signature)
  found.need(isBytes, `${path}.thoughtSignature`, 'base64 decoding failed')
  const inline = at(part, 'inlineData')
  if (inline !== undefined) {
    found.known(inline, `${path}.inlineData`, ['mimeType', 'data', 'displayName'])
    found.need(isBase64(at(inline, 'data')), `${path}.inlineData.data`, 'base64 decoding failed')
    found.need(textAt(inline, 'mimeType').includes('/'), `${path}.inlineData.mimeType`, 'is required')
  }
  const call = at(part, 'functionCall')
  if (call !== undefined) {
    found.known(call, `${path}.functionCall`, ['id', 'name', 'args', 'partialArgs', 'willContinue'])
    found.need(FUNCTION_NAME.test(textAt(call, 'name')), `${path}.functionCall.name`, 'invalid function name')
    const args = at(call, 'args')
    found.need(args === undefined || asObject(args) !== undefined, `${path}.functionCall.args`, 'must be an object')
  }
  const response = at(part, 'functionResponse')
  if (response === undefined) return
  found.known(response, `${path}.functionResponse`, ['id', 'name', 'response', 'willContinue', 'scheduling', 'parts'])
  found.need(textAt(response, 'name') !== '', `${path}.functionResponse.name`, 'name cannot be empty')
  const isObject = asObject(at(response, 'response')) !== undefined
  found.need(isObject, `${path}.functionResponse.response`, 'must be an object')
}

/**
 * "Function call is missing a thought_signature": the first call of each step of the current turn needs one
 * (https://ai.google.dev/gemini-api/docs/thought-signatures).
 */
function checkSignatures(contents: readonly Json[], found: Violations): void {
  const start = contents.findLastIndex(
    (content) => content['role'] !== 'model' && namesOf(content, 'functionResponse').length === 0,
  )
  for (const [n, content] of contents.entries()) {
    if (n <= start) continue
    const first = list(content, 'parts').find((part) => part['functionCall'] !== undefined)
    if (first === undefined) continue
    found.need(
      textAt(first, 'thoughtSignature') !== '',
      `contents[${n}]`,
      'function call is missing a thought_signature',
    )
  }
}

function namesOf(content: Json | undefined, kind: string): string[] {
  return list(content, 'parts').flatMap((part) => (part[kind] === undefined ? [] : [textAt(part[kind], 'name')]))
}
