// Checks that what rules, aliases and pins name exists.
import { didYouMean, nearest } from '../diagnostics/suggest.ts'
import { followAlias } from './alias-chain.ts'
import { isGlob, matchGlob } from './glob.ts'
import type { KnownNames } from './known-names.ts'
import { isTagPattern } from './lint-names.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn, textsIn } from './plain.ts'

export function lintReferences(data: unknown, known: KnownNames): Mistake[] {
  const { policies, aliases, pins } = recordOf(data)
  return [
    ...recordsIn(policies).flatMap(([name, policy]) => lintPolicy(['policies', name], policy, known)),
    ...lintAliases(recordOf(aliases), known),
    ...recordsIn(pins).flatMap(([match, pin]) => lintPin(match, pin, known)),
  ]
}

function lintPolicy(path: Path, policy: Record<string, unknown>, known: KnownNames): Mistake[] {
  const rules = listOf(policy['rules']).map(recordOf)
  return [
    ...lintGlobs([...path, 'allow'], policy['allow'], known),
    ...lintGlobs([...path, 'deny'], policy['deny'], known),
    ...rules.flatMap((rule, index) =>
      ['prefer', 'avoid', 'only'].flatMap((key) => lintGlobs([...path, 'rules', index, key], rule[key], known)),
    ),
  ]
}

function lintGlobs(path: Path, list: unknown, known: KnownNames): Mistake[] {
  // what keeps models out may well be written for models that are not there
  const isExclusion = path.at(-1) === 'deny' || path.at(-1) === 'avoid'
  return textsIn(list).flatMap(([index, glob]) =>
    isTagPattern(glob) ? [] : (lintGlob([...path, index], 'value', glob, known, isExclusion) ?? []),
  )
}

/** Checks a glob over `provider/model`, or a name without wildcards. */
function lintGlob(
  path: Path,
  on: 'key' | 'value',
  glob: string,
  known: KnownNames,
  isExclusion: boolean,
): Mistake | undefined {
  const slash = glob.indexOf('/')
  const provider = glob.slice(0, slash).toLowerCase()
  if (slash !== -1 && !isGlob(provider)) return lintModel(path, on, provider, glob, known, isExclusion)
  if (!isGlob(glob)) {
    const hint = known.hasProvider(glob) ? `write "${glob}/*" for all of its models` : qualify(glob, known)
    return mistake(path, on, 'SAGE1021', `"${glob}" is not \`provider/model\``, hint)
  }
  if (isExclusion || known.isOpen || known.matches(glob)) return undefined
  return { ...mistake(path, on, 'SAGE1023', `"${glob}" matches no listed model`), severity: 'warning' }
}

function lintModel(
  path: Path,
  on: 'key' | 'value',
  provider: string,
  glob: string,
  known: KnownNames,
  isExclusion: boolean,
): Mistake | undefined {
  if (!known.hasProvider(provider)) {
    const hint = didYouMean(provider, known.providers) ?? `providers: ${known.providers.slice(0, 10).join(', ')}`
    return mistake(path, on, 'SAGE1020', `there is no provider "${provider}"`, hint)
  }
  const id = glob.slice(provider.length + 1)
  const models = known.modelsOf(provider)
  if (/^\*+$/.test(id) || models?.has(id.toLowerCase()) === true) return undefined
  if (models === undefined) {
    if (isExclusion) return undefined
    const hint = `list the models you rely on under \`providers.${provider}.models\` to have this checked`
    const message = `"${glob}" cannot be checked: ${provider} lists no models`
    return { ...mistake(path, on, 'SAGE1023', message, hint), severity: 'warning' }
  }
  if (isGlob(id)) {
    if (isExclusion || known.matches(glob, provider)) return undefined
    return { ...mistake(path, on, 'SAGE1023', `"${glob}" matches no listed model`), severity: 'warning' }
  }
  const near = nearest(id, models)
  const hint = near === undefined ? `add it to \`providers.${provider}.models\`` : `did you mean "${provider}/${near}"?`
  return mistake(path, on, 'SAGE1021', `${provider} lists no model "${id}"`, hint)
}

function lintAliases(aliases: Record<string, unknown>, known: KnownNames): Mistake[] {
  const entries = Object.entries(aliases).flatMap(([match, to]) => (typeof to === 'string' ? [{ match, to }] : []))
  return entries.flatMap((entry) => {
    const path = ['aliases', entry.match]
    if (entry.match.startsWith('sage/') || known.policies.has(entry.match)) {
      return {
        ...mistake(path, 'key', 'SAGE1026', `"${entry.match}" always means the policy`),
        severity: 'warning' as const,
      }
    }
    const end = followAlias(entry, entries, known)
    if (end.loop !== undefined)
      return mistake(path, 'value', 'SAGE1024', `the alias leads to itself: ${end.loop.join(' → ')}`)
    // an alias in between reports for itself
    return end.to === entry.to ? (lintTarget(path, entry.to, known) ?? []) : []
  })
}

/** Checks what an alias or a fallback stands for: a policy, `provider/model` or the id of a model. */
function lintTarget(path: Path, to: string, known: KnownNames): Mistake | undefined {
  if (to.startsWith('sage/')) {
    if (known.policies.has(to.slice(5))) return undefined
    const near = nearest(to.slice(5), known.policies)
    const hint =
      near === undefined ? `policies: ${[...known.policies].slice(0, 10).join(', ')}` : `did you mean "sage/${near}"?`
    return mistake(path, 'value', 'SAGE1022', `there is no policy "${to.slice(5)}"`, hint)
  }
  if (isGlob(to) || known.policies.has(to) || known.providersOf(to).length > 0) return undefined
  if (to.includes('/')) return lintGlob(path, 'value', to, known, false)
  if (!known.isOpen) return mistake(path, 'value', 'SAGE1021', `no provider lists a model "${to}"`, qualify(to, known))
  const message = `"${to}" cannot be checked: not all providers list their models`
  return { ...mistake(path, 'value', 'SAGE1023', message, 'write `provider/model`'), severity: 'warning' }
}

function lintPin(match: string, pin: Record<string, unknown>, known: KnownNames): Mistake[] {
  const path = ['pins', match]
  const fallback = textsIn(pin['fallback']).flatMap(([index, target]) => {
    if (isGlob(target)) return []
    const itself = !isGlob(match) && matchGlob(match, target)
    const where = [...path, 'fallback', index]
    if (itself)
      return mistake(where, 'value', 'SAGE1024', `"${target}" cannot stand in for itself`, 'name another model')
    return (
      (target.startsWith('sage/')
        ? lintTarget(where, target, known)
        : lintGlob(where, 'value', target, known, false)) ?? []
    )
  })
  return [lintGlob(path, 'key', match, known, false) ?? [], fallback].flat()
}

/** Suggests the full name for a bare model id. */
function qualify(id: string, known: KnownNames): string | undefined {
  const [provider] = known.providersOf(id)
  if (provider !== undefined) return `did you mean "${provider}/${id}"?`
  return didYouMean(
    id,
    known.providers.flatMap((name) => [...(known.modelsOf(name) ?? [])].slice(0, 100)),
  )
}
