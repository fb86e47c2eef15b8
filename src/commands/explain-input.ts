import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DialectId, RouteHints } from '../dialects/types.ts'
import { SageError, UsageError } from '../diagnostics/errors.ts'
import { JsonOutline, JsonSyntaxError } from '../lib/json-outline.ts'
import type { Context } from './context.ts'
import { detectDialect } from './detect-dialect.ts'

/** What to explain, as the server would have received it. */
export interface ExplainInput {
  body: Buffer
  /** Of the body, where it was looked at already. */
  outline?: JsonOutline
  dialect: DialectId
  /** What the path of the request says, where it has one. */
  hints?: RouteHints
}

export interface InputOptions {
  request?: string
  dialect?: DialectId
  model?: string
}

/** Members that a request body has in one dialect or another. */
const LOOKS_LIKE_BODY = /"(?:messages|contents|input)"/
const NOTHING = 'there is nothing to explain'

/** Finds the input: words of the command line, a file, or standard input. undefined when that is a terminal. */
export async function findInput(
  context: Context,
  args: readonly string[],
  options: InputOptions,
): Promise<ExplainInput | undefined> {
  if (options.request !== undefined && args.length > 0) throw new UsageError('give a prompt or --request, not both')
  const isPrompt = args.length > 0 && args.join(' ') !== '-'
  if (isPrompt) {
    const prompt = args.join(' ')
    if (prompt.trim() === '') throw new UsageError(`${NOTHING}: the prompt is empty`)
    return wrapPrompt(prompt, options)
  }
  const fromStdin = options.request === undefined || options.request === '-'
  const explicit = args.length > 0 || options.request !== undefined
  if (fromStdin && !explicit && context.stdin.isTTY) return undefined
  const text = decodeText(fromStdin ? await context.stdin.read() : readInputFile(context, options.request ?? ''))
  if (text.trim() === '') throw new UsageError(`${NOTHING}: ${fromStdin ? 'standard input' : options.request} is empty`)
  return readInput(text, options)
}

/** A file that an option names, relative to the current directory. Throws `SageError`. */
export function readInputFile({ cwd }: Context, path: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new SageError('SAGE4004', `cannot read ${path}${code}`, { cause: error })
  }
}

/** UTF-8, or UTF-16 as Windows PowerShell writes it; the byte order mark goes. */
export function decodeText(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8'
  return bytes.toString(encoding).replace(/^\uFEFF/, '')
}

/** A JSON object with messages, input or contents is a request body; every other text is a prompt. */
export function readInput(text: string, options: InputOptions): ExplainInput {
  if (!text.trimStart().startsWith('{')) return wrapPrompt(text.trimEnd(), options)
  const body = Buffer.from(text)
  let outline: JsonOutline
  try {
    outline = new JsonOutline(body)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    // Prose may begin with a brace; a broken body must not be taken for prose.
    if (options.dialect === undefined && !LOOKS_LIKE_BODY.test(text)) return wrapPrompt(text.trimEnd(), options)
    throw new UsageError(`the request body is not JSON: ${error.message}`, 'it must be one complete JSON object')
  }
  const dialect = options.dialect ?? detectDialect(outline)
  return dialect === undefined ? wrapPrompt(text.trimEnd(), options) : { body, dialect }
}

/** The smallest request that has this prompt. */
export function wrapPrompt(prompt: string, { dialect = 'openai-chat', model = 'auto' }: InputOptions): ExplainInput {
  return { body: Buffer.from(JSON.stringify(smallest(dialect, prompt, model))), dialect }
}

function smallest(dialect: DialectId, prompt: string, model: string): Record<string, unknown> {
  switch (dialect) {
    case 'openai-responses':
      return { model, input: prompt }
    case 'gemini':
      return { contents: [{ role: 'user', parts: [{ text: prompt }] }] }
    case 'ollama-generate':
      return { model, prompt }
    default:
      return { model, messages: [{ role: 'user', content: prompt }] }
  }
}
