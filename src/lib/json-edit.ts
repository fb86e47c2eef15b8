import type { JsonOutline, Member } from './json-outline.ts'

/** Changes to the top level of a JSON object. Whatever is not named keeps its bytes. */
export interface JsonEdits {
  /** New values as JSON text, by name; a name that is absent is put in front. */
  set: ReadonlyMap<string, string>
  drop: ReadonlySet<string>
  /** Old name to new name. */
  rename: ReadonlyMap<string, string>
}

/** Applies edits to the bytes of an object: values keep their bytes, and so does everything when nothing changes. */
export function editObject(outline: JsonOutline, edits: JsonEdits): Buffer {
  const { bytes, members } = outline
  const kept = members.filter(({ name }) => !edits.drop.has(name))
  const added = [...edits.set].filter(([name]) => !kept.some((member) => member.name === name))
  const isReshaped = kept.length < members.length || added.length > 0
  return isReshaped ? rebuild(bytes, kept, added, edits) : replace(bytes, members, edits)
}

/** Only keys and values change: all other bytes stay, white space too. */
function replace(bytes: Buffer, members: readonly Member[], edits: JsonEdits): Buffer {
  const pieces: Buffer[] = []
  let from = 0
  for (const { name, key, value } of members) {
    const renamed = edits.rename.get(name)
    if (renamed !== undefined) {
      pieces.push(bytes.subarray(from, key.start), Buffer.from(JSON.stringify(renamed)))
      from = key.end
    }
    const set = edits.set.get(name)
    if (set !== undefined) {
      pieces.push(bytes.subarray(from, value.start), Buffer.from(set))
      from = value.end
    }
  }
  pieces.push(bytes.subarray(from))
  return Buffer.concat(pieces)
}

/** Members come or go: they are written one after another, each value with its own bytes. */
function rebuild(bytes: Buffer, kept: readonly Member[], added: readonly [string, string][], edits: JsonEdits): Buffer {
  const pieces: Buffer[][] = added.map(([name, json]) => [Buffer.from(`${JSON.stringify(name)}:${json}`)])
  for (const { name, key, value } of kept) {
    const renamed = edits.rename.get(name)
    const set = edits.set.get(name)
    pieces.push([
      renamed === undefined ? bytes.subarray(key.start, key.end) : Buffer.from(JSON.stringify(renamed)),
      COLON,
      set === undefined ? bytes.subarray(value.start, value.end) : Buffer.from(set),
    ])
  }
  const separated = pieces.flatMap((piece, at) => (at === 0 ? piece : [COMMA, ...piece]))
  return Buffer.concat([OPEN, ...separated, CLOSE])
}

const OPEN = Buffer.from('{')
const CLOSE = Buffer.from('}')
const COLON = Buffer.from(':')
const COMMA = Buffer.from(',')
