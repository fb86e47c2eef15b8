import type { Case } from './cases/case.ts'

/** Stands for the file of a case that is in none. */
const SAMPLES = '(samples)'

const TOOL = {
  type: 'function',
  function: { name: 'run', description: 'Runs a command', parameters: { type: 'object' } },
}
const IMAGE = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }

/** One request of every kind that policies commonly tell apart. */
const KINDS: readonly [name: string, body: Record<string, unknown>][] = [
  ['greeting', ask('hello')],
  ['question', ask('what is the capital of Portugal?')],
  ['code', ask('fix the failing test in src/cart.ts')],
  ['reasoning', ask('prove that the square root of 2 is irrational, step by step')],
  ['creative', ask('write a short poem about rain on a tin roof')],
  ['translation', ask('translate into French: where is the station?')],
  ['summary', ask('summarize the text below in three sentences')],
  ['tools', { ...ask('list the files in this folder'), tools: [TOOL] }],
  ['agent', { ...ask('fix the failing test in src/cart.ts'), tools: [TOOL], stream: true }],
  ['image', ask([{ type: 'text', text: 'what is in this picture?' }, IMAGE])],
  ['json', { ...ask('extract the names'), response_format: { type: 'json_object' } }],
  ['long', ask(`summarize this report\n${'Lorem ipsum dolor sit amet. '.repeat(10_000)}`)],
]

/** Requests to compare with where there are no cases: each kind under each of the policies. */
export function sampleCases(policies: readonly string[]): Case[] {
  return policies.flatMap((policy) =>
    KINDS.map(([name, body]): Case => {
      const text = JSON.stringify({ model: `sage/${policy}`, ...body })
      return { id: `${policy}/${name}`, place: { file: SAMPLES, line: 1 }, request: { kind: 'body', text } }
    }),
  )
}

function ask(content: unknown): Record<string, unknown> {
  return { messages: [{ role: 'user', content }] }
}
