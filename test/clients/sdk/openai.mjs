// openai, Chat Completions: a tool loop, streamed and whole. Base URL and key come from the environment.
import { execFileSync } from 'node:child_process'
import OpenAI from 'openai'

const client = new OpenAI()
const parameters = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }
const tools = [{ type: 'function', function: { name: 'bash', description: 'Runs a command.', parameters } }]

async function ask(messages, streamed) {
  const body = { model: process.env.SAGE_MODEL, messages, tools }
  if (!streamed) return (await client.chat.completions.create(body)).choices[0].message
  return client.chat.completions.stream(body).finalMessage()
}

for (const streamed of [true, false]) {
  const messages = [{ role: 'user', content: process.argv[2] }]
  let answer = await ask(messages, streamed)
  while (answer.tool_calls?.length > 0) {
    messages.push(answer)
    for (const call of answer.tool_calls) {
      const content = execFileSync(JSON.parse(call.function.arguments).command, { shell: true, encoding: 'utf8' })
      messages.push({ role: 'tool', tool_call_id: call.id, content })
    }
    answer = await ask(messages, streamed)
  }
  process.stdout.write(`${answer.content}\n`)
}
