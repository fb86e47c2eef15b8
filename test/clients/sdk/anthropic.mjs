// @anthropic-ai/sdk: a tool loop, streamed and whole. Base URL and key come from the environment.
import { execFileSync } from 'node:child_process'
import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic()
const input_schema = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }
const tools = [{ name: 'bash', description: 'Runs a command.', input_schema }]

function ask(messages, streamed) {
  const body = { model: process.env.SAGE_MODEL, max_tokens: 1024, messages, tools }
  return streamed ? client.messages.stream(body).finalMessage() : client.messages.create(body)
}

for (const streamed of [true, false]) {
  const messages = [{ role: 'user', content: process.argv[2] }]
  let answer = await ask(messages, streamed)
  while (answer.stop_reason === 'tool_use') {
    const results = answer.content
      .filter((block) => block.type === 'tool_use')
      .map(({ id, input }) => ({
        type: 'tool_result',
        tool_use_id: id,
        content: execFileSync(input.command, { shell: true, encoding: 'utf8' }),
      }))
    messages.push({ role: 'assistant', content: answer.content }, { role: 'user', content: results })
    answer = await ask(messages, streamed)
  }
  process.stdout.write(`${answer.content.map((block) => block.text ?? '').join('')}\n`)
}
