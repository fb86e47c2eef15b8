import { matchGlob } from './glob.ts'
import type { KnownNames } from './known-names.ts'

export interface AliasEntry {
  match: string
  to: string
}

/** More steps than anybody needs; it also bounds the work. */
const MAX_STEPS = 8

/** Where an alias leads to in the end; `loop` holds the names on the way when it never gets there. */
export type AliasEnd = { to: string; loop?: undefined } | { to?: undefined; loop: string[] }

/** Follows an alias whose target is again the name of an alias. */
export function followAlias(start: AliasEntry, aliases: readonly AliasEntry[], known: KnownNames): AliasEnd {
  const way = [start.match]
  const seen = new Set([start])
  let current = start
  for (;;) {
    way.push(current.to)
    if (isTarget(current.to, known)) return { to: current.to }
    const next = aliases.find(({ match }) => matchGlob(match, current.to))
    if (next === undefined) return { to: current.to }
    if (seen.has(next) || seen.size > MAX_STEPS) return { loop: way }
    seen.add(next)
    current = next
  }
}

/** Whether the name is meant as a policy or a model rather than as an alias. */
function isTarget(name: string, known: KnownNames): boolean {
  const slash = name.indexOf('/')
  if (slash === -1) return known.policies.has(name) || known.providersOf(name).length > 0
  const provider = name.slice(0, slash)
  return provider === 'sage' || known.hasProvider(provider)
}
