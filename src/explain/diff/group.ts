import type { Change } from './diff.ts'

/** Changes that are one and the same but for the request. */
export interface ChangeGroup {
  /** The first of them stands for all. */
  like: Change
  changes: Change[]
}

/** Puts equal changes together: same targets, same rules, same cause. The largest group comes first. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const key = keyOf(change)
    const list = groups.get(key)
    if (list === undefined) groups.set(key, [change])
    else list.push(change)
  }
  return [...groups.values()]
    .flatMap((list) => (list[0] === undefined ? [] : [{ like: list[0], changes: list }]))
    .sort((a, b) => b.changes.length - a.changes.length)
}

function keyOf({ before, after, kinds, cause }: Change): string {
  const sides = [before, after].map((side) => {
    const [first] = side?.chain ?? []
    const { maxAttempts, thinking, maxOutput } = side ?? {}
    return [
      side?.policy,
      side?.rule,
      first?.provider,
      first?.model,
      side?.error?.code,
      maxAttempts,
      thinking,
      maxOutput,
    ]
  })
  return JSON.stringify([sides, kinds, cause.parts.map(({ what }) => what)])
}
