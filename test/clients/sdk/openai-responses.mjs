// openai, Responses: a tool loop, streamed and whole. Base URL and key come from the environment.
import { execFileSync } from 'node:child_process'
import OpenAI from 'openai'

const client = new OpenAI()
const parameters = {
  type: 'object',
  properties: { command: { type: 'string' } },
  required: ['command'],
  additionalProperties: false,
}
const tools = [{ type: 'function', name: 'bash', description: 'Runs a command.', parameters, strict: true }]

function ask(input, streamed) {
  const body = { model: process.env.SAGE_MODEL, input, tools, store: false }
  return streamed ? client.responses.stream(body).finalResponse() : client.responses.create(body)
}

for (const streamed of [true, false]) {
  const input = [{ role: 'user', content: process.argv[2] }]
  let answer = await ask(input, streamed)
  let calls = answer.output.filter((item) => item.type === 'function_call')
  while (calls.length > 0) {
    input.push(...answer.output)
    for (const { call_id, arguments: text } of calls) {
      const output = execFileSync(JSON.parse(text).command, { shell: true, encoding: 'utf8' })
      input.push({ type: 'function_call_output', call_id, output })
    }
    answer = await ask(input, streamed)
    calls = answer.output.filter((item) => item.type === 'function_call')
  }
  process.stdout.write(`${answer.output_text}\n`)
}
