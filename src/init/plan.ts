// Which files to write, and what into them. Reads, and writes nothing.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf, readText } from './file-text.ts'
import { mergeText } from './merge/merge.ts'
import type { Merged } from './merge/merged.ts'
import { realPlace } from './place.ts'
import { renderSetup } from './render.ts'
import type { Values } from './render.ts'
import { initSetup } from './template.ts'
import type { ClientTemplate } from './template.ts'
import type { Change } from './write-files.ts'

export interface PlannedFile {
  /** As people know it. */
  path: string
  /** Name of the client whose settings it holds. */
  client?: string
  status: 'create' | 'change' | 'same' | 'manual'
  /** What to write; absent when a person has to. */
  change?: Change
  /** Why a person has to, and what. */
  reason?: string
  wanted?: string
}

export interface Roots {
  cwd: string
  home: string
}

/** Plans one file: `make` gets its text (undefined when there is none) and gives the new one. */
export function planFile(path: string, { cwd, home }: Roots, make: (text: string | undefined) => Merged): PlannedFile {
  const place = realPlace(path, [cwd, home])
  if (place === undefined) {
    return { path, status: 'manual', reason: 'it is, or leads, outside of the home and the current folder' }
  }
  let before: string | undefined
  try {
    before = readText(place)
  } catch (error) {
    return { path, status: 'manual', reason: `it cannot be read (${codeOf(error)})` }
  }
  const { text, refused } = make(before)
  if (refused !== undefined) return { path, status: 'manual', reason: refused }
  if (text === before) return { path, status: 'same' }
  return { path, status: before === undefined ? 'create' : 'change', change: { path: place, before, after: text } }
}

/** Plans the files of a client. */
export function planClient(client: ClientTemplate, values: Values, roots: Roots): PlannedFile[] {
  return renderSetup(initSetup(client), values).files.map(({ path, format, content }) => {
    const isHome = path.startsWith('~/')
    const full = join(isHome ? roots.home : roots.cwd, ...path.slice(isHome ? 2 : 0).split('/'))
    const planned = planFile(full, roots, (text) => mergeText(format, text ?? '', content))
    return { ...planned, client: client.name, ...(planned.status === 'manual' && { wanted: content }) }
  })
}

const COVERED = new Set(['.env', '/.env', '.env*', '*.env', '**/.env'])

/** A line for `.env` in the .gitignore beside the profile; undefined when that is in no repository. */
export function planIgnore(folder: string, roots: Roots): PlannedFile | undefined {
  if (!isInRepository(folder)) return undefined
  return planFile(join(folder, '.gitignore'), roots, (text = '') => {
    if (text.split(/\r?\n/).some((line) => COVERED.has(line.trim()))) return { text }
    const end = text.includes('\r\n') ? '\r\n' : '\n'
    return { text: `${text}${text === '' || text.endsWith('\n') ? '' : end}.env${end}` }
  })
}

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)))
}
