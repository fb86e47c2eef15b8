// @google/genai: a tool loop, streamed and whole.
import { execFileSync } from 'node:child_process'
import { GoogleGenAI } from '@google/genai'

const baseUrl = process.env.GOOGLE_GEMINI_BASE_URL
const client = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY, httpOptions: { baseUrl } })
const parametersJsonSchema = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] }
const tools = [{ functionDeclarations: [{ name: 'bash', description: 'Runs a command.', parametersJsonSchema }] }]

async function ask(contents, streamed) {
  const request = { model: process.env.SAGE_MODEL, contents, config: { tools } }
  if (!streamed) return (await client.models.generateContent(request)).candidates[0].content.parts
  const parts = []
  for await (const chunk of await client.models.generateContentStream(request)) {
    parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []))
  }
  return parts
}

for (const streamed of [true, false]) {
  const contents = [{ role: 'user', parts: [{ text: process.argv[2] }] }]
  let parts = await ask(contents, streamed)
  while (parts.some((part) => part.functionCall !== undefined)) {
    const answers = parts
      .filter((part) => part.functionCall !== undefined)
      .map(({ functionCall: { id, name, args } }) => {
        const output = execFileSync(args.command, { shell: true, encoding: 'utf8' })
        return { functionResponse: { id, name, response: { output } } }
      })
    contents.push({ role: 'model', parts }, { role: 'user', parts: answers })
    parts = await ask(contents, streamed)
  }
  process.stdout.write(`${parts.map((part) => part.text ?? '').join('')}\n`)
}
