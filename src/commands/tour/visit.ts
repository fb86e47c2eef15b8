import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { TourStep } from './steps.ts'

/** What one stop of the tour gave. */
export interface Visit {
  status: number
  headers: IncomingMessage['headers']
  text: string
  /** What is wrong with the answer; empty when it is as expected. */
  faults: string[]
}

/** Sends a step's request as a client would, and holds the answer against what the step expects. */
export async function visit(url: string, step: TourStep): Promise<Visit> {
  const { status, headers, body } = await post(`${url}/v1/chat/completions`, JSON.stringify(step.body))
  const isStream = step.body['stream'] === true
  const text = status === 200 ? (isStream ? streamText(body) : wholeText(body)) : body
  const faults: string[] = []
  if (status !== 200) faults.push(`status ${status}`)
  if (headers['x-sage-model'] !== step.expect.model) faults.push(`expected ${step.expect.model}`)
  if (headers['x-sage-attempts'] !== String(step.expect.attempts))
    faults.push(`expected ${step.expect.attempts} attempts`)
  if (isStream && !body.trimEnd().endsWith('data: [DONE]')) faults.push('the stream has no end')
  if (!text.includes('[simulated]')) faults.push('the answer is not marked as simulated')
  return { status, headers, text, faults }
}

function post(
  url: string,
  body: string,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

interface Choice {
  message?: { content?: string }
  delta?: { content?: string }
}

function firstChoice(json: string): Choice | undefined {
  return (JSON.parse(json) as { choices?: Choice[] }).choices?.[0]
}

function wholeText(body: string): string {
  return firstChoice(body)?.message?.content ?? ''
}

function streamText(body: string): string {
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => firstChoice(line.slice('data: '.length))?.delta?.content ?? '')
    .join('')
}
