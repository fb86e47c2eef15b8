// What the provider behind sage says: first a call of the client's shell tool, then what that call brought, with some
// thinking before each. No state: each answer follows from the request alone, so side calls and retries do no harm.
import { isRecord } from '../../src/lib/is-record.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import type { Handler } from '../helpers/upstream.ts'
import { fillArguments } from './tool-arguments.ts'

interface Tool {
  name: string
  /** JSON Schema of its arguments. */
  schema: Record<string, unknown>
}

/** Names of shell tools, then of tools that read a file. */
const WANTED = [
  /^(?:bash|shell|run_?shell_?command|run_?terminal_?command|exec|exec_?command|execute_?command|run_?commands?)$/i,
  /^(?:read|read_?file|view|cat)$/i,
]

/** The final answer of a client that read the note. */
export function finalText(note: string): string {
  return `The note says ${note}.`
}

/** Answers a client that has to read `note` from the file at `path`. */
export function scriptedProvider(kind: FakeKind, note: string, path: string): Handler {
  return (request) => {
    const results = toolResults(request.json)
    if (results.includes(note)) return answerAs(kind, request, { thinking: 'Here it is.', text: finalText(note) })
    // asking again would only bring the same
    if (results !== '') return answerAs(kind, request, { text: 'The tool did not show the note.' })
    const tool = pickTool(readTools(request.json))
    if (tool === undefined) return answerAs(kind, request, { text: 'A short title' })
    const call = { id: 'call_note1', name: tool.name, arguments: fillArguments(tool.schema, path) }
    return answerAs(kind, request, { thinking: 'The shell can show it.', toolCalls: [call] })
  }
}

/** Text of all tool results in a request, in the dialect of any provider kind. */
export function toolResults(body: Record<string, unknown>): string {
  return records(body['messages'])
    .flatMap((message) => {
      if (message['role'] === 'tool') return [message]
      return records(message['content']).filter(({ type }) => type === 'tool_result')
    })
    .map((result) => JSON.stringify(result['content']))
    .join('\n')
}

function readTools(body: Record<string, unknown>): Tool[] {
  return records(body['tools']).flatMap((tool) => {
    const inner = isRecord(tool['function']) ? tool['function'] : tool
    const schema = inner['parameters'] ?? inner['input_schema']
    return typeof inner['name'] === 'string' ? [{ name: inner['name'], schema: isRecord(schema) ? schema : {} }] : []
  })
}

function pickTool(tools: readonly Tool[]): Tool | undefined {
  for (const wanted of WANTED) {
    const found = tools.find(({ name }) => wanted.test(name))
    if (found !== undefined) return found
  }
  return undefined
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
