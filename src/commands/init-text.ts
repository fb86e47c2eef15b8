import type { ChalkInstance } from 'chalk'
import { maskSource } from '../diagnostics/mask.ts'
import { setVariable } from '../doctor/shell.ts'
import type { Surroundings } from '../init/look.ts'
import type { PlannedFile } from '../init/plan.ts'
import { foundProviders } from '../init/propose.ts'
import { renderSetup, renderText } from '../init/render.ts'
import type { Values } from '../init/render.ts'
import { initSetup } from '../init/template.ts'
import type { ClientTemplate } from '../init/template.ts'
import { printable } from '../output/printable.ts'
import { diffText } from './discover-text.ts'
import type { Choices } from './init-choices.ts'
import type { Plan } from './init-plan.ts'
import type { LockResult } from './init-lock.ts'

/** What was found, a line a kind. */
export function foundText(around: Surroundings): string[] {
  const rows: [string, string[]][] = [
    ['keys', around.keys],
    ['providers', foundProviders(around)],
    ['clients', around.clients.map(({ client }) => client.title)],
    ['settings to import', around.configs],
  ]
  return rows.map(([title, items]) => `${title}: ${items.length === 0 ? 'none' : printable(items.join(', '))}`)
}

/** What each file would become: the difference, with keys masked, or what a person has to do. */
export function previewText(files: readonly PlannedFile[], paint: ChalkInstance): string[] {
  return files.flatMap(({ path, change }) => {
    if (change === undefined) return []
    const [before, after] = [masked(change.before ?? ''), masked(change.after)]
    return [...diffText(path, before, after, paint), '']
  })
}

function masked(text: string): string {
  return maskSource(text, []).join('\n')
}

const DONE = { create: 'wrote', change: 'changed', same: 'kept', manual: 'by hand' } as const
const PLANNED = { create: 'would write', change: 'would change', same: 'would keep', manual: 'by hand' } as const

/** One line a file; a file for a person with what to put into it. */
export function filesText(files: readonly PlannedFile[], isDone: boolean): string[] {
  return files.flatMap(({ path, status, reason, wanted }) => {
    const words = isDone ? DONE : PLANNED
    const line = `${words[status]} ${printable(path)}${reason === undefined ? '' : `: ${reason}`}`
    const lines = (wanted ?? '').trimEnd().split('\n')
    return wanted === undefined ? [line] : [`${line}; put this into it:`, ...lines.map((each) => `    ${each}`)]
  })
}

/** What became of the lock. */
export function lockText({ path, written, problem }: LockResult, dryRun: boolean): string {
  if (dryRun) return `would ask the providers for their models and write ${path}`
  if (problem !== undefined) return `no ${path}: ${printable(problem)} (later: sage discover)`
  return written ? `wrote ${path}` : `kept ${path}`
}

/** Variables to set, and what imports left out. */
export function importText({ imported }: Choices): string[] {
  return imported.flatMap(({ program, variables, skipped }) => [
    ...variables.map(({ variable, provider }) => {
      return `set ${variable} to the key of ${printable(provider)}, from the settings of ${program}: keys are never copied`
    }),
    ...skipped.map(({ name, reason }) => `not taken over from ${program}: ${printable(name)} (${reason})`),
  ])
}

/** What the plan leaves to people. */
export function remarkText({ profile }: Plan, around: Surroundings): string[] {
  const known = new Set(profile.providers.map(({ name }) => name))
  const more = foundProviders(around).filter((name) => !known.has(name))
  const add = `sage init --provider ${more.join(',')}`
  const token = 'sage demands a token (serve.token): give it to each client as its API key'
  return [
    ...(more.length === 0 ? [] : [`found, but not in the profile: ${more.join(', ')} (add with: ${add})`]),
    ...(profile.serve.token === undefined ? [] : [token]),
  ]
}

/** What to do next: one line for sage, one for each client; the steps of those that are set up in a window. */
export function nextText(clients: readonly ClientTemplate[], values: Values, platform: string): string[] {
  return [
    'next: sage serve',
    ...clients.flatMap((client) => {
      const start = startOf(client, values, platform)
      const steps = client.run === undefined ? client.steps.map((step) => `  - ${plain(renderText(step, values))}`) : []
      return [`${client.title}: ${start === '' ? 'set it up by hand' : start}`, ...steps]
    }),
  ]
}

/** How to start a client, with the variables that no file gives it; '' for one that has neither. */
export function startOf(client: ClientTemplate, values: Values, platform: string): string {
  const { env, run } = renderSetup(initSetup(client), values)
  const variables = Object.entries(env).map(([name, value]) => setVariable(name, value, platform))
  return [...variables, ...(run === undefined ? [] : [run])].join(platform === 'win32' ? '; ' : ' && ')
}

/** One line without Markdown's marks. */
function plain(markdown: string): string {
  return markdown
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\*\*|`/g, '')
}
