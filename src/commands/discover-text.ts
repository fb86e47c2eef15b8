import type { ChalkInstance } from 'chalk'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { LockChange } from '../catalog/lock/compare.ts'
import { printable } from '../output/printable.ts'
import type { Answer } from '../providers/discovery/ask-providers.ts'

/** A line for each provider that answered. */
export function answerText(answers: readonly Answer[]): string[] {
  const reports = answers.flatMap(({ report }) => report ?? [])
  const width = Math.max(...reports.map(({ provider }) => provider.length))
  return reports.map(({ provider, models }) => {
    const loaded = models.filter(({ isLoaded }) => isLoaded === true).length
    return `${provider.padEnd(width)}  ${count(models.length, 'model')}${loaded === 0 ? '' : `, ${loaded} in memory`}`
  })
}

/** What has changed, in one line. */
export function changesText(name: string, changes: readonly LockChange[], isWritten: boolean, isSame: boolean): string {
  if (isSame) return `${name} is up to date`
  const of = (...kinds: LockChange['change'][]): number => changes.filter(({ change }) => kinds.includes(change)).length
  const parts: [number: number, text: string][] = [
    [of('provider_added'), 'new'],
    [of('provider_removed'), 'gone'],
    [of('provider_moved'), 'moved'],
  ]
  const told = [
    ...parts.flatMap(([number, text]) => (number === 0 ? [] : [`${count(number, 'provider')} ${text}`])),
    ...some(of('model_added'), (number) => `${count(number, 'model')} new`),
    ...some(of('model_removed'), (number) => `${count(number, 'model')} gone`),
    ...some(of('fact'), (number) => `${count(number, 'fact')} changed`),
  ]
  const what = told.length === 0 ? 'sources and order only' : told.join(', ')
  return isWritten ? `wrote ${name}: ${what}` : `${name} is out of date: ${what}`
}

/** The difference between two texts as a patch has it. */
export function diffText(name: string, before: string, after: string, paint: ChalkInstance): string[] {
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY }
  const patch = createTwoFilesPatch(name, name, before, after, undefined, undefined, options)
  return patch
    .trimEnd()
    .split('\n')
    .map((line) => paintLine(printable(line), paint))
}

function paintLine(line: string, paint: ChalkInstance): string {
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('+')) return paint.green(line)
  return line.startsWith('-') ? paint.red(line) : line
}

function some(number: number, text: (number: number) => string): string[] {
  return number === 0 ? [] : [text(number)]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
