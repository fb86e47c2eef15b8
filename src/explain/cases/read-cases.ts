import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { isRecord } from '../../lib/is-record.ts'
import { readYaml } from '../../profile/document.ts'
import type { Case, Place } from './case.ts'
import { elementLines, findSyntaxError } from './json-places.ts'
import type { CaseMistake } from './mistakes.ts'
import { toDiagnostic } from './mistakes.ts'
import { readCase } from './read-case.ts'

export type CasesFormat = 'jsonl' | 'json' | 'yaml' | 'text'

export interface ReadCases {
  cases: Case[]
  /** Every mistake, in the order of the file. */
  diagnostics: Diagnostic[]
}

/** Reads a file of cases: `file` is what mistakes call it. Never throws on account of the text. */
export function readCases(text: string, file: string, format: CasesFormat): ReadCases {
  const read: ReadCases = { cases: [], diagnostics: [] }
  if (format === 'text') addCase(read, text.trimEnd(), { file, line: 1 })
  else if (format === 'yaml') readYamlCases(read, text, file)
  else if (format === 'json') readJsonCases(read, text, file)
  else readLines(read, text, file)
  return read
}

/** Format by the name of a file, else by how the text begins. */
export function casesFormat(file: string, text: string): CasesFormat {
  const extension = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase()
  if (extension === 'jsonl' || extension === 'ndjson') return 'jsonl'
  if (extension === 'json') return 'json'
  if (extension === 'yaml' || extension === 'yml') return 'yaml'
  if (extension === 'txt' || extension === 'md') return 'text'
  return /^\s*[[{]/.test(text) ? 'json' : 'text'
}

function readLines(read: ReadCases, text: string, file: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const place = { file, line: index + 1 }
    try {
      addCase(read, JSON.parse(line), place, line)
    } catch {
      addMistake(read, syntax(findSyntaxError(line)), place)
    }
  }
}

/** One case, a list of them, `{ cases: […] }`, or JSON Lines under another name. */
function readJsonCases(read: ReadCases, text: string, file: string): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    if (isJsonLines(text)) return readLines(read, text, file)
    const found = findSyntaxError(text)
    return addMistake(read, syntax(found), { file, line: found.line })
  }
  const list = listOf(value)
  if (list === undefined) return addCase(read, value, { file, line: 1 }, text)
  const lines = elementLines(text)
  for (const [index, item] of list.entries()) addCase(read, item, { file, line: lines[index] ?? 1 })
}

function readYamlCases(read: ReadCases, text: string, file: string): void {
  const { data, locator, problems } = readYaml(text.replace(/^\uFEFF/, ''), file)
  for (const { message, start, end } of problems) {
    const { line, column } = locator.between(start, end)
    const plain = message.replace('the profile is', 'it is')
    read.diagnostics.push(toDiagnostic({ code: 'SAGE2001', path: '', message: plain }, { file, line }, column))
  }
  if (problems.length > 0) return
  const list = listOf(data)
  if (list === undefined) return addCase(read, data, { file, line: 1 })
  const base = Array.isArray(data) ? [] : ['cases']
  for (const [index, item] of list.entries()) {
    const mistakes: CaseMistake[] = []
    const found = readCase(item, { file, line: locator.value([...base, index]).line }, mistakes)
    if (found !== undefined) read.cases.push(found)
    for (const mistake of mistakes) {
      const steps = mistake.path === '' ? [] : mistake.path.split('.')
      const { line, column } = locator.value([...base, index, ...steps])
      read.diagnostics.push(toDiagnostic(mistake, { file, line }, column))
    }
  }
}

function listOf(value: unknown): unknown[] | undefined {
  const list = isRecord(value) ? value['cases'] : value
  return Array.isArray(list) ? list : undefined
}

function addCase(read: ReadCases, value: unknown, place: Place, text?: string): void {
  const mistakes: CaseMistake[] = []
  const found = readCase(value, place, mistakes, text)
  if (found !== undefined) read.cases.push(found)
  for (const mistake of mistakes) addMistake(read, mistake, place)
}

function addMistake(read: ReadCases, mistake: CaseMistake, place: Place): void {
  read.diagnostics.push(toDiagnostic(mistake, place))
}

function syntax({ message }: { message: string }): CaseMistake {
  return { code: 'SAGE2001', path: '', message: `not JSON: ${message}` }
}

function isJsonLines(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.every((line) => line.trimStart().startsWith('{'))
}
