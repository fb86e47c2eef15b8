// Labelled requests, one JSON object a line, as the server would see them.
import { readFileSync } from 'node:fs'
import { openaiChatClient } from '../../src/dialects/openai-chat/index.ts'
import { JsonOutline } from '../../src/lib/json-outline.ts'
import { createFacts } from '../../src/policy/facts.ts'
import type { Facts } from '../../src/policy/types.ts'
import { groupOf } from './groups.ts'

/** One line of the labelled set. */
interface Line {
  id: string
  source: string
  /** What the router should say of the whole request. */
  label: string
  /** What the text alone says; differs from `label` for images and long inputs. */
  text_label?: string
  lang?: string
  kind?: string
  prompt?: string
  messages?: unknown[]
  tools?: unknown[]
}

export interface Sample {
  id: string
  label: string
  textLabel: string
  lang: string
  kind: string
  /** What must not be divided between training and testing. */
  group: string
  facts: Facts
}

/** Reads a labelled set: each record becomes a chat completions body, and that body the facts of a request. */
export function readSamples(path: string): Sample[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => toSample(JSON.parse(line) as Line))
}

function toSample(line: Line): Sample {
  const messages = line.messages ?? [{ role: 'user', content: line.prompt ?? '' }]
  const body = { model: 'sage/auto', messages, ...(line.tools === undefined ? {} : { tools: line.tools }) }
  const facts = openaiChatClient.readFacts(new JsonOutline(Buffer.from(JSON.stringify(body))))
  return {
    id: line.id,
    label: line.label,
    textLabel: line.text_label ?? line.label,
    lang: line.lang ?? 'en',
    kind: line.kind ?? 'single',
    group: groupOf(line.source),
    facts: createFacts(facts, { dialect: 'openai-chat', headers: {} }),
  }
}
