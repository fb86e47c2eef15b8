// LangChain with the model class that SDK_PROVIDER names: a tool loop, streamed and whole.
import { execFileSync } from 'node:child_process'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { z } from 'zod'

const env = process.env
const bash = tool(({ command }) => execFileSync(command, { shell: true, encoding: 'utf8' }), {
  name: 'bash',
  description: 'Runs a command.',
  schema: z.object({ command: z.string() }),
})

async function createModel() {
  const model = env.SAGE_MODEL
  if (env.SDK_PROVIDER === 'anthropic') {
    const { ChatAnthropic } = await import('@langchain/anthropic')
    return new ChatAnthropic({ model, anthropicApiUrl: env.ANTHROPIC_BASE_URL, maxTokens: 1024 })
  }
  const { ChatOpenAI } = await import('@langchain/openai')
  const useResponsesApi = env.SDK_PROVIDER === 'openai-responses'
  return new ChatOpenAI({ model, useResponsesApi, configuration: { baseURL: env.OPENAI_BASE_URL } })
}

const model = (await createModel()).bindTools([bash])

async function ask(messages, streamed) {
  if (!streamed) return model.invoke(messages)
  let answer
  for await (const chunk of await model.stream(messages)) answer = answer === undefined ? chunk : answer.concat(chunk)
  return answer
}

for (const streamed of [true, false]) {
  const messages = [new HumanMessage(process.argv[2])]
  let answer = await ask(messages, streamed)
  while (answer.tool_calls.length > 0) {
    messages.push(answer)
    for (const call of answer.tool_calls) {
      messages.push(new ToolMessage({ tool_call_id: call.id, content: await bash.invoke(call.args) }))
    }
    answer = await ask(messages, streamed)
  }
  process.stdout.write(`${answer.text}\n`)
}
