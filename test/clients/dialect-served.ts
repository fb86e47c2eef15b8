import type { TemplateDialect } from '../../src/init/template.ts'

const PATHS: Readonly<Record<TemplateDialect, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
  gemini: '/v1beta/models/sage/auto:generateContent',
  'ollama-chat': '/api/chat',
}

/** Asks a running sage whether it serves a dialect: PUT is wrong on a path that takes POST (405), unknown elsewhere. */
export async function isDialectServed(url: string, dialect: TemplateDialect, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}${PATHS[dialect]}`, { method: 'PUT', headers })
  await response.arrayBuffer()
  return response.status === 405 && (response.headers.get('allow') ?? '').includes('POST')
}
