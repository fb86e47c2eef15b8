// A terminal for prompts: types an answer when a question appears.
import { PassThrough, Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

export interface Terminal {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  /** Everything that was shown. */
  shown(): string
  /** Questions that have not come. */
  left(): string[]
}

/** Keys as a terminal sends them. */
export const KEYS = { enter: '\r', space: ' ', down: '\u001b[B', interrupt: '\u0003' } as const

/** Each script line is a text to wait for, and the keys to press then, one after the other. */
export function createTerminal(script: readonly (readonly [text: string, ...keys: string[]])[]): Terminal {
  const input = new PassThrough()
  const todo = [...script]
  let shown = ''
  let from = 0
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      shown += stripVTControlCharacters(chunk.toString())
      const [next] = todo
      if (next !== undefined && shown.includes(next[0], from)) {
        from = shown.length
        todo.shift()
        press(next.slice(1))
      }
      done()
    },
  })
  // Each prompt ends its output, which a terminal does not care about.
  output.end = () => output
  const press = (keys: readonly string[]): void => {
    const [key, ...rest] = keys
    if (key === undefined) return
    setImmediate(() => {
      input.write(key)
      press(rest)
    })
  }
  return { input, output, shown: () => shown, left: () => todo.map(([text]) => text) }
}
