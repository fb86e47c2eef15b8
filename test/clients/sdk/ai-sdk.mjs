// Vercel's AI SDK with the provider that SDK_PROVIDER names: its own tool loop, streamed and whole.
import { execFileSync } from 'node:child_process'
import { generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'

const env = process.env
const makers = {
  'openai-compatible': async () => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    return createOpenAICompatible({ name: 'sage', baseURL: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY })
  },
  openai: async () => (await import('@ai-sdk/openai')).createOpenAI({ baseURL: env.OPENAI_BASE_URL }),
  anthropic: async () =>
    (await import('@ai-sdk/anthropic')).createAnthropic({ baseURL: `${env.ANTHROPIC_BASE_URL}/v1` }),
  google: async () => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google')
    return createGoogleGenerativeAI({
      baseURL: `${env.GOOGLE_GEMINI_BASE_URL}/v1beta`,
      apiKey: env.GEMINI_API_KEY,
    })
  },
}
const provider = await makers[env.SDK_PROVIDER]()
const request = {
  model: provider(env.SAGE_MODEL),
  prompt: process.argv[2],
  stopWhen: stepCountIs(5),
  tools: {
    bash: tool({
      description: 'Runs a command.',
      inputSchema: z.object({ command: z.string() }),
      execute: ({ command }) => execFileSync(command, { shell: true, encoding: 'utf8' }),
    }),
  },
}

const streamed = streamText({ ...request, onError: ({ error }) => process.stderr.write(`${error}\n`) })
process.stdout.write(`${await streamed.text}\n`)
process.stdout.write(`${(await generateText(request)).text}\n`)
