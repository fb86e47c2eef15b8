// ollama, /api/chat: a tool loop, streamed and whole. The SDK reads neither variable by itself.
import { execFileSync } from 'node:child_process'
import { Ollama } from 'ollama'

const headers = { authorization: `Bearer ${process.env.OLLAMA_API_KEY}` }
const client = new Ollama({ host: process.env.OLLAMA_HOST, headers })
const parameters = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }
const tools = [{ type: 'function', function: { name: 'bash', description: 'Runs a command.', parameters } }]

async function ask(messages, streamed) {
  const request = { model: process.env.SAGE_MODEL, messages, tools }
  if (!streamed) return (await client.chat({ ...request, stream: false })).message
  const answer = { role: 'assistant', content: '', thinking: '', tool_calls: [] }
  for await (const { message } of await client.chat({ ...request, stream: true })) {
    answer.content += message.content
    answer.thinking += message.thinking ?? ''
    answer.tool_calls.push(...(message.tool_calls ?? []))
  }
  return answer
}

for (const streamed of [true, false]) {
  const messages = [{ role: 'user', content: process.argv[2] }]
  let answer = await ask(messages, streamed)
  while (answer.tool_calls?.length > 0) {
    messages.push(answer)
    for (const call of answer.tool_calls) {
      const content = execFileSync(call.function.arguments.command, { shell: true, encoding: 'utf8' })
      messages.push({ role: 'tool', tool_name: call.function.name, content })
    }
    answer = await ask(messages, streamed)
  }
  process.stdout.write(`${answer.content}\n`)
}
