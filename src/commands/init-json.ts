import type { Surroundings } from '../init/look.ts'
import type { PlannedFile } from '../init/plan.ts'
import { foundProviders } from '../init/propose.ts'
import type { Values } from '../init/render.ts'
import type { Choices } from './init-choices.ts'
import { startOf } from './init-text.ts'

/** What `sage init --json` prints; described by schemas/init.schema.json. */
export interface InitJson {
  version: 1
  dry_run: boolean
  found: { keys: string[]; providers: string[]; clients: string[]; configs: string[] }
  files: { path: string; client?: string; status: PlannedFile['status']; reason?: string }[]
  /** Variables to set: their keys stood in imported settings. */
  variables: { variable: string; provider: string }[]
  skipped: { program: string; name: string; reason: string }[]
  lock: { path: string; written: boolean; problem?: string } | null
  /** How to go on: the command of sage, and of each client. */
  next: { name: string; command: string }[]
}

export interface InitOutcome {
  dryRun: boolean
  around: Surroundings
  choices: Choices
  files: readonly PlannedFile[]
  values: Values
  lock: InitJson['lock']
}

/** The document for a program. */
export function initJson(outcome: InitOutcome, platform: string): InitJson {
  const { around, choices, files, values, lock, dryRun } = outcome
  return {
    version: 1,
    dry_run: dryRun,
    found: {
      keys: around.keys,
      providers: foundProviders(around),
      clients: around.clients.map(({ client }) => client.name),
      configs: around.configs,
    },
    files: files.map(({ path, client, status, reason }) => ({
      path,
      ...(client !== undefined && { client }),
      status,
      ...(reason !== undefined && { reason }),
    })),
    variables: choices.imported.flatMap(({ variables }) => variables),
    skipped: choices.imported.flatMap(({ program, skipped }) => skipped.map((each) => ({ program, ...each }))),
    lock,
    next: [
      { name: 'sage', command: 'sage serve' },
      ...choices.clients.map((client) => ({ name: client.name, command: startOf(client, values, platform) })),
    ],
  }
}
