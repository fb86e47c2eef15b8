import { isRecord } from '../../lib/is-record.ts'
import type { ForeignKey } from './types.ts'

/** `$NAME` and `${NAME}` as shells have it, `os.environ/NAME` as LiteLLM has it, `env:NAME` as sage has it. */
const REFERENCE =
  /^(?:\$\{([A-Za-z_]\w*)(?::-[^}]*)?\}|\$([A-Za-z_]\w*)|os\.environ\/([A-Za-z_]\w*)|env:([A-Za-z_]\w*))$/
/** Words that stand where no key is needed. */
const PLACEHOLDERS = /^(?:|none|null|ollama|lm-?studio|dummy|not-needed|no-key|any|any-text|local|sk-1234)$/i

/** What is written where a key goes; undefined when there is none. An object is a reference with the variable in `id`. */
export function readForeignKey(written: unknown): ForeignKey | undefined {
  if (isRecord(written)) {
    const { source, id } = written
    return source === 'env' && typeof id === 'string' && /^[A-Za-z_]\w*$/.test(id) ? { variable: id } : undefined
  }
  if (typeof written !== 'string') return undefined
  const text = written.trim()
  const variable = REFERENCE.exec(text)
    ?.slice(1)
    .find((name) => name !== undefined)
  if (variable !== undefined) return { variable }
  return PLACEHOLDERS.test(text) ? undefined : { literal: text }
}
