// Recorded traffic of a client: a folder of numbered JSON files, one request with its answer each.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../helpers/grid-json.ts'

export interface Exchange {
  /** File name without its ending. */
  name: string
  /** `UPGRADE-GET` is a GET that asks for a WebSocket. */
  method: string
  /** Path with query. */
  path: string
  headers: Record<string, string>
  body?: Json
  response: { status: number; body: string }
}

export interface Recording {
  name: string
  exchanges: Exchange[]
}

/** Reads all recordings below a folder, or the one that the folder is. Throws when there is none. */
export function readRecordings(folder: string): Recording[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const names = folders.length === 0 ? [''] : folders.toSorted()
  const recordings = names.map((name) => readRecording(join(folder, name), name === '' ? folder : name))
  if (recordings.every(({ exchanges }) => exchanges.length === 0)) throw new Error(`no recordings in ${folder}`)
  return recordings
}

function readRecording(folder: string, name: string): Recording {
  const files = readdirSync(folder).filter((file) => /^\d\d-.*\.json$/.test(file))
  return { name, exchanges: files.toSorted().map((file) => readExchange(folder, file)) }
}

function readExchange(folder: string, file: string): Exchange {
  const { method, path, headers, body, response } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Exchange
  return { name: file.slice(0, -'.json'.length), method, path, headers, response, ...(body && { body }) }
}
